/// The headers that kernels may include from outside their folder: those of the C standard and of vector intrinsics.
private let standardHeaders: Set<Substring> = [
  "assert.h", "errno.h", "fenv.h", "float.h", "inttypes.h", "limits.h", "math.h", "stdalign.h", "stdatomic.h",
  "stdbool.h", "stddef.h", "stdint.h", "stdio.h", "stdlib.h", "string.h", "immintrin.h", "arm_neon.h",
]

/// Lines of a C source that include a header which is neither of the C library nor in the target's own folder.
public func foreignIncludes(in source: String) -> [(header: String, line: Int)] {
  var found: [(String, Int)] = []
  for (number, line) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
    let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ").replacing("# ", with: "#")
    guard words.hasPrefix("#include") || words.hasPrefix("#import") || words.hasPrefix("@import") else { continue }
    let header = words.drop { $0 != "<" && $0 != "\"" }
    let name = header.dropFirst().prefix { $0 != ">" && $0 != "\"" }
    let isOwn = header.first == "\"" && !name.contains("..") && name.first != "/"
    if !isOwn && !standardHeaders.contains(name) { found.append((String(header), number + 1)) }
  }
  return found
}
