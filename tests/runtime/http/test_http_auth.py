"""How requests prove who they are, and that nobody else learns it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

import anyio
import pytest
from automcp.runtime.http.api import HttpApi
from automcp.runtime.http.schemes import ApiKey, Basic, Bearer, Scheme
from automcp.runtime.http.styles import form
from automcp.runtime.http.tokens import ClientCredentials
from automcp.runtime.shared.failure import BackendError
from automcp.runtime.shared.model import UNSET, Unset
from scripted_api import Asked, ScriptedApi, answer, serving


def schemes(**given: str | Unset) -> Mapping[str, Scheme]:
    def of(key: str) -> str | Unset:
        return given.get(key, UNSET)

    return {
        "token": Bearer(of("token"), ("SHOP_TOKEN",)),
        "login": Basic(of("user"), of("password"), ("SHOP_USER", "SHOP_PASSWORD")),
        "key": ApiKey("header", "X-Api-Key", of("key"), ("SHOP_KEY",)),
        "query": ApiKey("query", "api key", of("query"), ("SHOP_QUERY",)),
        "cookie": ApiKey("cookie", "sid", of("cookie"), ("SHOP_COOKIE",)),
    }


async def ask(
    given: Mapping[str, Scheme],
    auth: list[list[str]],
    script: Callable[[Asked], bytes] = lambda _: answer("1"),
) -> Asked:
    async with serving(script) as backend:
        api = HttpApi(backend.url, schemes=given, auth=auth, retries=0)
        try:
            await api.send("GET", "/", query=[form("q", "1")])
        finally:
            await api.aclose()
    return backend.asked[-1]


BASIC = base64.b64encode("ädä:p:w".encode()).decode()


NOBODY: list[list[str]] = [[]]


@pytest.mark.parametrize(
    ("given", "auth", "header", "value"),
    [
        ({"token": "t1"}, [["token"]], "Authorization", "Bearer t1"),
        ({"token": "t1\n"}, [["token"]], "Authorization", "Bearer t1"),
        ({"user": "ädä", "password": "p:w"}, [["login"]], "Authorization", f"Basic {BASIC}"),
        ({"user": "a", "password": ""}, [["login"]], "Authorization", "Basic YTo="),
        ({"key": "k"}, [["key"]], "X-Api-Key", "k"),
        ({"cookie": "a=b"}, [["cookie"]], "Cookie", "sid=a=b"),
        ({"key": "k"}, [["token"], ["key"]], "X-Api-Key", "k"),
        ({"key": "k", "token": "t"}, [["token", "key"]], "Authorization", "Bearer t"),
        ({"key": "k", "user": "u"}, [["login", "key"], ["key"]], "Authorization", None),
        ({"token": ""}, [["token"], *NOBODY], "Authorization", None),
        ({"token": "t"}, NOBODY, "Authorization", None),
        ({"token": "t"}, NOBODY[1:], "Authorization", None),
    ],
)
async def test_the_first_way_that_is_configured_is_used(
    given: dict[str, str], auth: list[list[str]], header: str, value: str | None
) -> None:
    asked = await ask(schemes(**given), auth)
    assert asked.header(header) == value


async def test_a_key_in_the_query_stays_in_it_within_the_api() -> None:
    targets: list[str] = []

    def script(asked: Asked) -> bytes:
        targets.append(asked.target)
        first = len(targets) == 1
        return answer("", 302, None, (("Location", "/b?x=1"),)) if first else answer("1")

    await ask(schemes(query="k&1"), [["query"]], script)
    assert targets == ["/?q=1&api%20key=k%261", "/b?x=1&api%20key=k%261"]


@pytest.mark.parametrize(
    ("given", "auth", "missing"),
    [
        ({}, [["token"]], "SHOP_TOKEN"),
        ({}, [["token"], ["key", "login"]], "SHOP_TOKEN, or SHOP_KEY and SHOP_USER and SHOP_PASSWORD"),
        ({"key": "k"}, [["key", "token"]], "SHOP_TOKEN"),
    ],
)  # fmt: skip
async def test_missing_credentials_are_named(
    given: dict[str, str], auth: list[list[str]], missing: str
) -> None:
    with pytest.raises(BackendError) as caught:
        await HttpApi("http://localhost:1", schemes=schemes(**given), auth=auth).send("GET", "/")
    assert str(caught.value) == f"the server has no credentials for the API: set {missing}"


@pytest.mark.parametrize("token", ["a\r\nX-Evil: 1", "a\x00b", "ä"])
async def test_credentials_that_no_header_can_hold_are_not_told(token: str) -> None:
    with pytest.raises(BackendError) as caught:
        await HttpApi("http://localhost:1", schemes=schemes(token=token), auth=[["token"]]).send("GET", "/")  # fmt: skip
    assert str(caught.value) == "the server's credentials for the API hold what no header can hold"


@pytest.mark.parametrize(
    ("given", "auth"),
    [({"token": "hunter2"}, "token"), ({"user": "u", "password": "hunter2"}, "login"), ({"key": "hunter2"}, "key"), ({"query": "hunter2 "}, "query")],
)  # fmt: skip
async def test_an_api_that_repeats_a_secret_is_not_quoted(given: dict[str, str], auth: str) -> None:
    body = json.dumps({"message": f"wrong: hunter2, {base64.b64encode(b'u:hunter2').decode()}"})
    with pytest.raises(BackendError, match=r"401 Unauthorized: wrong: \*\*\*") as caught:
        await ask(schemes(**given), [[auth]], lambda _: answer(body, 401))
    assert "hunter2" not in str(caught.value)


def test_secrets_are_not_shown() -> None:
    shown = repr([*schemes(token="hunter2", user="u", password="hunter2", key="hunter2").values()])
    assert "hunter2" not in shown + repr(ClientCredentials("http://x", "id", "hunter2"))


class Endpoint:
    """A token endpoint and the API in one: gives tokens that it accepts until it says otherwise."""

    def __init__(self, lasts: object = 3600, token_type: str = "Bearer") -> None:
        self.forms: list[Asked] = []
        self.valid: set[str] = set()
        self.lasts = lasts
        self.token_type = token_type

    def __call__(self, asked: Asked) -> bytes:
        if asked.target != "/token":
            token = (asked.header("Authorization") or "").removeprefix("Bearer ")
            return answer("1") if token in self.valid else answer("{}", 401)
        self.forms.append(asked)
        token = f"t{len(self.forms)}"
        self.valid.add(token)
        said = {"access_token": token, "token_type": self.token_type, "expires_in": self.lasts}
        return answer(json.dumps({key: value for key, value in said.items() if value is not None}))


def client_of(backend: ScriptedApi, now: Callable[[], float] = lambda: 0.0) -> HttpApi:
    scheme = ClientCredentials(
        f"{backend.url}/token", "my id", "s:3/ret", ("read", "write"), ("SHOP_ID",), now=now
    )
    return HttpApi(backend.url, schemes={"client": scheme}, auth=[["client"]])


async def test_a_token_is_fetched_once_for_everybody() -> None:
    endpoint = Endpoint()
    async with serving(endpoint) as backend:
        api = client_of(backend)
        async with anyio.create_task_group() as tasks:
            for _ in range(20):
                tasks.start_soon(api.send, "GET", "/x")
        await api.send("GET", "/y")
        await api.aclose()
    (asked,) = endpoint.forms
    assert asked.method == "POST"
    assert parse_qsl(asked.body.decode()) == [("grant_type", "client_credentials"), ("scope", "read write")]  # fmt: skip
    scheme, _, pair = (asked.header("Authorization") or "").partition(" ")
    assert (scheme, base64.b64decode(pair)) == ("Basic", b"my%20id:s%3A3%2Fret")


@pytest.mark.parametrize(
    ("lasts", "moments"),
    [
        (3600, [(0, 1), (3569, 1), (3571, 2)]),
        (100, [(0, 1), (89, 1), (91, 2)]),
        ("60", [(0, 1), (53, 1), (55, 2)]),
        (None, [(0, 1), (10**9, 1)]),
        ("soon", [(0, 1), (10**9, 1)]),
    ],
)
async def test_a_token_is_fetched_anew_before_it_ends(lasts: object, moments: list[tuple[float, int]]) -> None:  # fmt: skip
    endpoint = Endpoint(lasts)
    clock = [0.0]
    async with serving(endpoint) as backend:
        api = client_of(backend, lambda: clock[0])
        for moment, fetched in moments:
            clock[0] = float(moment)
            await api.send("GET", "/")
            assert len(endpoint.forms) == fetched
        await api.aclose()


async def test_a_refused_token_is_fetched_anew_once() -> None:
    endpoint = Endpoint()
    async with serving(endpoint) as backend:
        api = client_of(backend)
        await api.send("GET", "/")
        endpoint.valid.clear()
        async with anyio.create_task_group() as tasks:
            for _ in range(10):
                tasks.start_soon(api.send, "POST", "/")
        assert len(endpoint.forms) == 2
        await api.aclose()


async def test_an_api_that_refuses_every_token_is_asked_twice() -> None:
    def script(asked: Asked) -> bytes:
        token = {"access_token": "t", "token_type": "bearer"}
        return answer(json.dumps(token)) if asked.target == "/token" else answer("{}", 401)

    async with serving(script) as backend:
        api = client_of(backend)
        with pytest.raises(BackendError, match="401 Unauthorized"):
            await api.send("GET", "/")
        await api.aclose()
    assert [asked.target for asked in backend.asked] == ["/token", "/", "/token", "/"]


@pytest.mark.parametrize(
    ("reply", "problem", "retryable"),
    [
        (answer('{"error":"invalid_client","error_description":"no s:3/ret"}', 401), "its token endpoint answered 401: no ***", False),
        (answer("", 503), "its token endpoint answered 503", True),
        (answer("", 302, None, (("Location", "/elsewhere"),)), "its token endpoint answered 302", False),
        (answer("{}"), "answered without an access token", False),
        (answer("[]"), "answered without an access token", False),
        (answer("<html>"), "answered without an access token", False),
        (answer('{"access_token":"a\\r\\nb"}'), "answered without an access token", False),
        (answer('{"access_token":"a","token_type":"mac"}'), "gives no bearer tokens", False),
        (answer(" " * 200_000), "answers without an end", False),
    ],
)  # fmt: skip
async def test_what_is_no_token(reply: bytes, problem: str, retryable: bool) -> None:
    async with serving(lambda _: reply) as backend:
        api = client_of(backend)
        with pytest.raises(BackendError) as caught:
            await api.send("GET", "/")
        await api.aclose()
    assert problem in str(caught.value)
    assert (caught.value.retryable, len(backend.asked)) == (retryable, 1)


async def test_a_caller_who_gives_up_leaves_the_token_to_others() -> None:
    endpoint = Endpoint()
    async with serving(endpoint) as backend:
        api = client_of(backend)
        with anyio.CancelScope() as scope:
            scope.cancel()
            await api.send("GET", "/")
        await api.send("GET", "/")
        await api.aclose()
    assert len(endpoint.forms) >= 1
