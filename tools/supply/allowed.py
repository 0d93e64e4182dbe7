"""Which licences may be shipped, and which packages are an exception, with the reason."""

ALLOWED = frozenset(
    {
        "0BSD",
        "3-Clause BSD License",
        "Apache Software License",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BlueOak-1.0.0",
        "CC0-1.0",
        "ISC",
        "ISC License (ISCL)",
        "MIT",
        "MIT License",
        "MIT-0",
        "MIT-CMU",
        "PSF-2.0",
        "Python-2.0",
        "Unicode-3.0",
        "Unlicense",
        "Zlib",
    }
)

_PSYCOPG = "LGPL-3.0: used unchanged as a library that anybody can replace; nothing of it is copied"
_BSD_3 = "BSD-3-Clause by its licence file; the classifier does not say which BSD"

EXCEPTIONS = {
    "authlib": _BSD_3,
    "joserfc": _BSD_3,
    "psycopg": _PSYCOPG,
    "psycopg-binary": _PSYCOPG,
    "psycopg-pool": _PSYCOPG,
    "@fontsource-variable/inter": "OFL-1.1: a font, served unchanged beside its licence",
}
