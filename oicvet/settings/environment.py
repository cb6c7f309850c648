"""Where settings come from: the environment of the process, and nothing else."""

import environ

env = environ.Env()
