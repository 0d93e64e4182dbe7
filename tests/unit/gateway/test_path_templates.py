import pytest

from gateway.http.templates import MalformedTemplateError, MalformedValueError, PathTemplate, decode


def read(template: str, path: str) -> dict[str, str]:
    """The variables of a path that has the template's form."""
    parts = path[1:].split("/")
    return {v.path: v.value(parts) for v in PathTemplate.parse(template).variables}


@pytest.mark.parametrize(
    ("template", "path", "variables"),
    [
        ("/v1/sites", "/v1/sites", {}),
        ("/v1/{name=sites/*}", "/v1/sites/bank", {"name": "sites/bank"}),
        ("/v1/{site=sites/*}/heatmap", "/v1/sites/bank/heatmap", {"site": "sites/bank"}),
        ("/v1/{id}", "/v1/a%2Fb%20c", {"id": "a/b c"}),
        ("/v1/{id=*}", "/v1/a%2Fb+c", {"id": "a/b+c"}),
        ("/v1/{name=sites/*}", "/v1/sites/a%2Fb%E4%BD%A0", {"name": "sites/a%2Fb你"}),
        ("/v1/{day.year}/{day.month}", "/v1/2026/11", {"day.year": "2026", "day.month": "11"}),
        ("/v1/{name=files/**}", "/v1/files/a/b/c", {"name": "files/a/b/c"}),
        ("/v1/{name=**}", "/v1/a%2Fb", {"name": "a%2Fb"}),
        # As Envoy's transcoder with kAllCharactersExceptSlash, what HttpRule's comment asks for.
        (
            "/a/{x=*}/{y=b/*}/c",
            "/a/%21%23%24%26%27%28%29%2A%2B%2C%2F%3A%3B%3D%3F%40%5B%5D"
            "/b/%21%23%24%26%27%28%29%2A%2B%2C%2F%3A%3B%3D%3F%40%5B%5D/c",
            {"x": "!#$&'()*+,/:;=?@[]", "y": "b/!#$&'()*+,%2F:;=?@[]"},
        ),
    ],
)
def test_a_path_gives_its_variables(template: str, path: str, variables: dict[str, str]) -> None:
    assert read(template, path) == variables


def test_every_character_may_come_encoded() -> None:
    for code in range(128):
        assert read("/{x}", f"/%{code:02x}") == read("/{x}", f"/%{code:02X}") == {"x": chr(code)}


@pytest.mark.parametrize("text", ["%", "%2", "%zz", "a%", "%ff", "%e4%bd", "%C0%80"])
def test_what_is_no_percent_encoded_text_is_refused(text: str) -> None:
    with pytest.raises(MalformedValueError):
        decode(text)


# From the tests of Envoy's transcoder (grpc-httpjson-transcoding, http_template_test.cc).
@pytest.mark.parametrize(
    "template",
    [
        "/shelves/{shelf}/books/{book}",
        "/shelves/**",
        "/**",
        "/*",
        "/a:foo",
        "/a/b/c:foo",
        "/*/**",
        "/*/a/**",
        "/a/{a.b.c}",
        "/a/{a.b.c=*}",
        "/a/{b=**}",
        "/a/{b=c/*/d}",
        "/a/{b=c/**}",
        "/*:verb",
        "/**:verb",
        "/{a}:verb",
        "/a/b/**:verb",
        "/{x.y.z=*/a/b}/c",
        "/{x.y.z=*/*}:verb",
        "/{x=**}:myverb",
    ],
)
def test_a_template_by_the_grammar_is_taken(template: str) -> None:
    assert PathTemplate.parse(template).text == template


@pytest.mark.parametrize(
    "template",
    [
        *("", "//", "/{}", "/a/", "/a//b", ":verb", "/:verb", "/a/:verb", ":", "/:", "/*:"),
        *("/**:", "/{var}:", "/a/b/:", "/a/b/*:", "/a/{", "/a/{var", "/a/{var.", "/a/{x=var:verb}"),
        *("a", "{x}", "{x=/a}", "{x=/a/b}", "a/b", "a/{x}/b:verb", "/a/{var=/b}"),
        *("/{var=a/{nested=b}}", "/a{x}", "/{x}a", "/a{x}b", "/{x}a{y}", "/a/{x}b{y}"),
        *("/a/**/*", "/a/**/foo/*", "/a/**/**", "/a{x=b/**}/{y=*}"),
        # Envoy takes literals after **; the grammar's text has ** at the end alone.
        *("/a/{b=c/**}/d/e", "/a/**/b", "/{x=a/**/b}:custom"),
        *("/v1/{a}/{a}", "/v1/{1a}", "/v1/name}", "/v1/a b", "/v1/a?b"),
    ],
)
def test_a_malformed_template_is_refused(template: str) -> None:
    with pytest.raises(MalformedTemplateError):
        PathTemplate.parse(template)
