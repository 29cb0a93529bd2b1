/// The number below which a share `p` of the standard normal distribution lies, for `0 < p < 1`.
///
/// Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37
/// (1988), routine PPND16: relative error about 10⁻¹⁶. Only + - × ÷ and √ are used, which every processor rounds alike,
/// so that random numbers made of it are the same everywhere.
package func normalQuantile(_ p: Double) -> Double {
  let q = p - 0.5
  if abs(q) <= 0.425 {
    let r = 0.180625 - q * q
    return q * (polynomial(centerAbove, r) / polynomial(centerBelow, r))
  }
  let r = portableLogarithm(min(p, 1 - p)).magnitude.squareRoot()
  let size =
    r <= 5
    ? polynomial(middleAbove, r - 1.6) / polynomial(middleBelow, r - 1.6)
    : polynomial(tailAbove, r - 5) / polynomial(tailBelow, r - 5)
  return q < 0 ? -size : size
}

/// The share of the standard normal distribution that lies below `x`: the inverse of ``normalQuantile(_:)``, found by
/// halving an interval, so that both agree and it is the same everywhere.
package func normalShare(below x: Double) -> Double {
  if x > 0 { return 1 - normalShare(below: -x) }
  var (low, high) = (0.0, 0.5)
  for _ in 0..<1100 where low.nextUp < high {
    let middle = low + (high - low) / 2
    if normalQuantile(middle) < x { low = middle } else { high = middle }
  }
  return high
}

/// The natural logarithm of a positive normal number, to about 2⁻⁵² of its size, with + - × ÷ only.
///
/// x = 2ᵉ·m with m in `[√½, √2)`, and log m = 2·artanh(s) = 2·(s + s³/3 + s⁵/5 + …) with s = (m − 1) / (m + 1).
package func portableLogarithm(_ x: Double) -> Double {
  var exponent = Double(x.exponent)
  var m = x.significand
  if m > 1.4142135623730951 {
    m /= 2
    exponent += 1
  }
  let s = (m - 1) / (m + 1)
  let square = s * s
  var sum = 0.0
  for odd in stride(from: 23.0, through: 3, by: -2) { sum = (sum + 1 / odd) * square }
  // log 2 in two parts: the first has few digits, so that its product with the exponent is exact.
  let (high, low) = (0x1.62e42fep-1, 0x1.f473de6af278fp-30)
  return exponent * high + (2 * s + (exponent * low + 2 * s * sum))
}

@inline(__always)
private func polynomial(
  _ c: (Double, Double, Double, Double, Double, Double, Double, Double), _ x: Double
) -> Double {
  ((((((c.7 * x + c.6) * x + c.5) * x + c.4) * x + c.3) * x + c.2) * x + c.1) * x + c.0
}

// Coefficients of the published routine, the constant term first.
private let centerAbove = (
  3.3871328727963666080, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
  4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3
)
private let centerBelow = (
  1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
  2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3
)
private let middleAbove = (
  1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
  1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4
)
private let middleBelow = (
  1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
  1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9
)
private let tailAbove = (
  6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
  2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7
)
private let tailBelow = (
  1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
  7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15
)
