extension Float {
  /// The value of a 16-bit float in IEEE 754's binary16: sign, 5 bits of exponent, 10 of fraction. Exact.
  ///
  /// By hand, since `Float16` does not exist on every system.
  init(binary16 bits: UInt16) {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10) & 0x1F
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:
      // Zero and subnormals: multiples of 2⁻²⁴.
      let magnitude = Float(fraction) * 0x1p-24
      self.init(bitPattern: sign | magnitude.bitPattern)
    case 0x1F:
      self.init(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default:
      self.init(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }

  /// The value of a bfloat16: the upper half of a `Float`. Exact.
  init(bfloat16 bits: UInt16) {
    self.init(bitPattern: UInt32(bits) << 16)
  }
}
