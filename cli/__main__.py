"""`python -m cli`, for where the script `muster` is not on the path."""

from cli.main import app

app()
