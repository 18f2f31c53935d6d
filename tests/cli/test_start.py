import subprocess
import sys


def test_the_script_of_the_commands_costs_a_reader_nothing() -> None:
    """Each reader's process imports the script, which imports no more than this function."""
    told = "import sys; from app.cli import main; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
