import zlib

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.presence.rpc.packing import pack_halves, pack_numbers


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_packed_numbers_are_read_as_documented(numbers: list[int]) -> None:
    content = zlib.decompress(pack_numbers(np.array(numbers, np.int64), 4))

    count = len(numbers)
    read = [
        sum(content[place * count + i] << 8 * place for place in range(4)) for i in range(count)
    ]
    assert read == numbers


@given(st.integers(0, 4), st.integers(1, 5), st.data())
def test_packed_halves_are_read_as_documented(rows: int, columns: int, data: st.DataObject) -> None:
    row = st.lists(st.integers(0, 15), min_size=columns, max_size=columns)
    given_rows = data.draw(st.lists(row, min_size=rows, max_size=rows))

    content = zlib.decompress(pack_halves(np.array(given_rows, np.uint8).reshape(rows, columns)))

    width = -(-columns // 2)
    for index, states in enumerate(given_rows):
        mine = content[index * width : (index + 1) * width]
        assert [mine[i // 2] >> 4 * (i % 2) & 15 for i in range(columns)] == states
