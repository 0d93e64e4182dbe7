import pytest

from gateway.http.templates import MalformedTemplateError, PathTemplate


@pytest.mark.parametrize(
    ("template", "path", "variables"),
    [
        ("/v1/sites", "/v1/sites", {}),
        ("/v1/{name=sites/*}", "/v1/sites/bank", {"name": "sites/bank"}),
        ("/v1/{site=sites/*}/heatmap", "/v1/sites/bank/heatmap", {"site": "sites/bank"}),
        ("/v1/states:report", "/v1/states:report", {}),
        ("/v1/{name=sites/*}:close", "/v1/sites/bank:close", {"name": "sites/bank"}),
        ("/v1/{id}", "/v1/a%2Fb%20c", {"id": "a/b c"}),
        ("/v1/{name=sites/*}", "/v1/sites/a%2Fb%E4%BD%A0", {"name": "sites/a%2Fb你"}),
        ("/v1/{day.year}/{day.month}", "/v1/2026/11", {"day.year": "2026", "day.month": "11"}),
        ("/v1/{name=files/**}", "/v1/files/a/b/c", {"name": "files/a/b/c"}),
        ("/v1/*/teams", "/v1/anything/teams", {}),
    ],
)
def test_a_path_gives_its_variables(template: str, path: str, variables: dict[str, str]) -> None:
    assert PathTemplate.parse(template).match(path) == variables


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("/v1/sites", "/v1/sites/"),
        ("/v1/{name=sites/*}", "/v1/sites/bank/teams"),
        ("/v1/{name=sites/*}", "/v1/sites/bank:close"),
        ("/v1/{name=sites/*}", "/v1/sites/"),
        ("/v1/{name=sites/*}", "/v1/sites/a\nb/../x"),
        ("/v1/states:report", "/v1/states"),
        ("/v1/states:report", "/v1/states:reported"),
        ("/v1/s.tes", "/v1/sites"),
    ],
)
def test_a_path_of_another_form_does_not_match(template: str, path: str) -> None:
    assert PathTemplate.parse(template).match(path) is None


@pytest.mark.parametrize(
    "template",
    [
        "v1/sites",
        "/v1/{name",
        "/v1/name}",
        "/v1/{a={b}}",
        "/v1/{a=**/x}",
        "/v1/{a}/{a}",
        "/v1//x",
        "/v1/sites:",
        "/v1/{Name}",
    ],
)
def test_a_malformed_template_is_refused(template: str) -> None:
    with pytest.raises(MalformedTemplateError):
        PathTemplate.parse(template)
