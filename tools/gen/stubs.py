"""The Python stubs of the protos: messages, types and, for protos with a service, gRPC stubs."""

import re
import sysconfig
from pathlib import Path

import grpc_tools  # type: ignore[import-untyped]  # ships no types
from grpc_tools import protoc

PROTOS = Path("protos")
_SERVICE = re.compile(r"^service ", re.MULTILINE)


def proto_files() -> list[Path]:
    """Every proto of ours, in a stable order."""
    return sorted(PROTOS.rglob("*.proto"))


def write_stubs(folder: Path) -> None:
    """Writes the stubs of every proto below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    run_protoc([f"--python_out={folder}", f"--pyi_out={folder}"], proto_files())
    with_service = [file for file in proto_files() if _SERVICE.search(file.read_text("utf-8"))]
    run_protoc([f"--grpc_python_out={folder}"], with_service)


def run_protoc(outputs: list[str], files: list[Path]) -> None:
    """Runs protoc over the files; google's own protos come from the installed packages."""
    well_known = Path(grpc_tools.__file__).parent / "_proto"
    includes = [f"-I{PROTOS}", f"-I{sysconfig.get_path('purelib')}", f"-I{well_known}"]
    if protoc.main(["protoc", *includes, *outputs, *map(str, files)]) != 0:
        raise SystemExit("protoc refused the protos, see above")
