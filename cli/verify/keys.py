"""The keys that whoever verifies trusts."""

from pathlib import Path

from cli.errors import CommandError
from cli.local.layout import HOME_NAME
from proof.keys import SIGNER, PublicKeys, read_public_keys


def load_keys(file: Path | None, signer: str = SIGNER) -> PublicKeys:
    """Reads the key file that is named, else the trust file of what was started in this folder; of
    a trust file the signer's key counts.
    """
    local = Path.cwd() / HOME_NAME / "keys" / "trust.json"
    chosen = file or (local if local.is_file() else None)
    if chosen is None:
        raise CommandError(
            f"no key: name the public key with which {signer} signs by --key, a trust.json or the "
            "key in PEM or base64; have it from somebody you trust",
            exit_code=2,
        )
    try:
        return read_public_keys(chosen.read_text(encoding="utf-8"), signer)
    except OSError as error:
        raise CommandError(f"cannot read {chosen}: {error.strerror}", exit_code=2) from None
    except ValueError as error:
        raise CommandError(f"{chosen} holds no public key: {error}", exit_code=2) from None
