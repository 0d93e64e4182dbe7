"""Checks what is shipped with Muster: licences, and no addresses in lock files."""

import argparse
import sys

from tools.supply.addresses import files_with_addresses, lock_files
from tools.supply.allowed import EXCEPTIONS
from tools.supply.licences import refused_packages, shipped_packages


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.supply", description=__doc__)
    parser.add_argument("--list", action="store_true", help="list packages and licences")
    packages = shipped_packages()
    if parser.parse_args().list:
        for package in packages:
            reason = EXCEPTIONS.get(package.name, "")
            print(f"{package.name} {package.version}: {package.licence}", reason and f"({reason})")
        return 0
    complaints = [
        f"{package.name} {package.version}: licence {package.licence or 'unknown'} is not allowed"
        for package in refused_packages(packages)
    ]
    complaints += [
        f"{place}: an address in a lock file" for place in files_with_addresses(lock_files())
    ]
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
