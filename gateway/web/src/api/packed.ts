/** A zlib stream, as fields whose names end in `packed` are. */
async function inflate(packed: Uint8Array): Promise<Uint8Array> {
  if (packed.length === 0) return packed;
  const stream = new Blob([packed as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Packed numbers of so many bytes: all lowest bytes come first, then all next higher ones, and so on. */
export async function unpackNumbers(packed: Uint8Array, width: number): Promise<Uint32Array> {
  const bytes = await inflate(packed);
  const numbers = new Uint32Array(bytes.length / width);
  for (let place = 0; place < width; place++) {
    const plane = bytes.subarray(place * numbers.length, (place + 1) * numbers.length);
    for (let index = 0; index < numbers.length; index++) {
      numbers[index] = (numbers[index] as number) | ((plane[index] as number) << (8 * place));
    }
  }
  return numbers;
}
