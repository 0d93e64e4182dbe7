"""Makes accounts on a desk and signs them in."""

from typing import Any

import httpx

from tests.component.gateway.desk import Desk

PASSWORD = "a long new password"


async def enter(desk: Desk, account: str, **fields: Any) -> str:
    """Makes an account of that id with a password, and returns the token of a session."""
    row = {"name": f"accounts/{account}", "display_name": account.title(), **fields}
    async with desk.http(await desk.sign_in()) as client:
        applied = await client.post("/v1/accounts:apply", json={"accounts": [row]})
        assert applied.status_code == 200, applied.text
        code = applied.json()["codes"][0]["code"]
        redeemed = {"account": account, "code": code, "new_password": PASSWORD}
        taken = await client.post("/v1/oneTimeCodes:redeem", json=redeemed)
        assert taken.status_code == 200, taken.text
    session = await sign_in(desk, account)
    assert session.status_code == 200, session.text
    return str(session.json()["token"])


async def sign_in(desk: Desk, account: str, password: str = PASSWORD) -> httpx.Response:
    async with desk.http() as client:
        return await client.post("/v1/sessions", json={"account": account, "password": password})
