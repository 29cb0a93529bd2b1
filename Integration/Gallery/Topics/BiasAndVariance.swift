import Drawing
import Foundation
import Models
import Training

extension Topic {
  static let biasAndVariance = Topic(
    "bias-and-variance", "Too simple, right, too flexible: bias and variance", draw: drawPolynomials)
}

/// Least squares of degree 1, 3 and 12 on twenty samples of a sine, each for many draws of the noise.
private func drawPolynomials(_ page: Page) throws {
  let degrees = [1, 3, 12], count = 20, draws = 60
  let places = (0..<81).map { -1 + Double($0) / 40 }
  func powers(_ x: [Double], _ degree: Int) -> Tensor<Float> {
    Tensor(
      x.flatMap { x in (1...degree).map { Float(cos(Double($0) * acos(max(-1, min(1, x))))) } },
      shape: [x.count, degree])
  }
  var random = RandomStream(seed: 7)
  let x = (0..<count).map { -0.95 + 1.9 * Double($0) / Double(count - 1) }
  var panels: [any Picture] = []
  var parts: [(bias: Double, variance: Double)] = []
  for degree in degrees {
    var fits: [[Double]] = []
    for _ in 0..<draws {
      let y = x.map { Float(sin(3 * $0) + 0.35 * random.normal()) }
      let model = LinearRegression(degree)
      try model.fit(powers(x, degree), Tensor(y, shape: [count, 1]))
      fits.append(try model.predict(powers(places, degree)).scalars.map(Double.init))
    }
    let mean = places.indices.map { place in fits.reduce(0) { $0 + $1[place] } / Double(draws) }
    let bias = places.indices.map { pow(mean[$0] - sin(3 * places[$0]), 2) }.reduce(0, +) / Double(places.count)
    let variance =
      places.indices.map { place in fits.reduce(0) { $0 + pow($1[place] - mean[place], 2) } / Double(draws) }
      .reduce(0, +) / Double(places.count)
    parts.append((bias, variance))
    panels.append(
      Chart(
        "degree \(degree)", x: Axis("x", -1...1), y: Axis("y", -2...2), width: 200, height: 190,
        fits.prefix(15).map { .line(x: places, y: $0, color: .gray, isThin: true) } + [
          .function(over: -1...1, color: .green, isDashed: true) { sin(3 * $0) },
          .line(x: places, y: mean, color: .blue),
        ]))
  }
  page.say(
    "Polynomials fitted to twenty noisy samples of a sine (dashed), fifteen times with other noise (grey), and the mean of all fits (blue). A line "
      + "is always wrong in the same way: bias. Degree 12 is right on average, and each single fit swings with its noise: variance."
  )
  try page.show(Panels(columns: 3, panels), "bias-and-variance", "Fits of degree 1, 3 and 12 to a sine")
  page.table(
    ["degree", "bias²", "variance"],
    zip(degrees, parts).map { ["\($0)", decimal($1.bias, 3), decimal($1.variance, 3)] })
  page.expect("degree 1 has the largest bias", parts[0].bias > 5 * parts[1].bias && parts[0].bias > 5 * parts[2].bias)
  page.expect(
    "degree 12 has the largest variance",
    parts[2].variance > 2 * parts[1].variance && parts[1].variance > parts[0].variance)
}
