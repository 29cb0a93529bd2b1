"""What the programs that measure have in common: their arguments, and the programs that they call."""
import argparse
import json
import subprocess
import sys


def output_of(command):
    command = [str(word) for word in command]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{result.stderr}")
    return result.stdout


def measured(command):
    """What `needletail benchmark --json`, or `peer.py`, found."""
    return json.loads(output_of(command).splitlines()[-1])


def parser(seconds):
    """The arguments that all take."""
    result = argparse.ArgumentParser()
    result.add_argument("needletail")
    result.add_argument("output", help="where the tables are written")
    result.add_argument("--rounds", type=int, default=3)
    result.add_argument("--seconds", type=float, default=seconds)
    return result


def chosen(text, known, kind):
    """The names in a list with commas, all of which must be known."""
    names = text.split(",")
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"unknown: {', '.join(unknown)}; {kind} are {', '.join(known)}")
    return names


def row(cells):
    return "| " + " | ".join(cells) + " |"
