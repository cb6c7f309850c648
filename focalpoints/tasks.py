"""What a worker does when countries are asked."""

from django_tasks import task

from focalpoints.letters import carry_out


@task()
def send_letter(number: int) -> None:
    """Send the letter of the request with that key. Its row tells how it went."""
    carry_out(number)
