import TensorCore
import Testing

/// All 65,536 halves against the definition of IEEE 754: (-1)^s × 2^(e-15) × 1.f, with its special cases.
@Test func everyHalfIsExact() throws {
  let data = (0..<65_536).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  let header = #"{"a":{"dtype":"F16","shape":[65536],"data_offsets":[0,131072]}}"#
  let values = try SafetensorsFile(bytes: safetensors(header, data)).tensor("a", as: Float.self).scalars
  for (bits, value) in values.enumerated() {
    let sign: Float = bits >> 15 == 0 ? 1 : -1
    let exponent = bits >> 10 & 31
    let fraction = Float(bits & 1_023) / 1_024
    if exponent == 31 {
      #expect(fraction == 0 ? value == sign * .infinity : value.isNaN)
    } else {
      let scale = Float(sign: .plus, exponent: max(exponent, 1) - 15, significand: 1)
      #expect(value == sign * scale * (exponent == 0 ? fraction : 1 + fraction))
      #expect(value.sign == (bits >> 15 == 0 ? .plus : .minus))
    }
  }
}
