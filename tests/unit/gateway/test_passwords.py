from gateway.app.passwords import SlowPasswords, hash_password


async def test_a_password_fits_its_hash_and_no_other() -> None:
    kept = hash_password("right")
    passwords = SlowPasswords()

    assert "right" not in kept
    assert await passwords.verify(kept, "right")
    assert not await passwords.verify(kept, "wrong")


async def test_without_a_hash_nothing_fits() -> None:
    assert not await SlowPasswords().verify(None, "")


async def test_a_hash_that_is_none_fits_nothing() -> None:
    assert not await SlowPasswords().verify("changed by hand", "right")
