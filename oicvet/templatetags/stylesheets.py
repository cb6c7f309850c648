"""The stylesheets of a page's head."""

from django import template

from oicvet.stylesheets import public_stylesheets

register = template.Library()

register.simple_tag(public_stylesheets)
