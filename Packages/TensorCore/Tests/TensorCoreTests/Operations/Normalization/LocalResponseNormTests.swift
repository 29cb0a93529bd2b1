import Foundation
import TensorCore
import Testing

@Suite struct LocalResponseNormTests {
  /// s of each element in Float64.
  private func scales(_ x: [Double], _ shape: Shape, _ window: ResponseWindow) -> [Double] {
    let plane = shape.sizes[2...].reduce(1, *), channels = shape[1]
    return x.indices.map { index in
      let c = index / plane % channels
      let first = max(0, c - window.size / 2), last = min(channels - 1, c + (window.size - 1) / 2)
      let sum = (first...last).reduce(0.0) { $0 + pow(x[index + ($1 - c) * plane], 2) }
      return window.k + window.alpha / Double(window.size) * sum
    }
  }

  private func gradient(_ g: [Double], _ x: [Double], _ shape: Shape, _ window: ResponseWindow) -> [Double] {
    let plane = shape.sizes[2...].reduce(1, *), channels = shape[1], s = scales(x, shape, window)
    var result = x.indices.map { g[$0] * pow(s[$0], -window.beta) }
    // Each output j gives to every input i of its window.
    for j in x.indices {
      let c = j / plane % channels
      for channel in max(0, c - window.size / 2)...min(channels - 1, c + (window.size - 1) / 2) {
        let i = j + (channel - c) * plane
        let slope = -window.beta * x[j] * pow(s[j], -window.beta - 1) * 2 * window.alpha / Double(window.size) * x[i]
        result[i] += g[j] * slope
      }
    }
    return result
  }

  private func check<Scalar: FloatingScalar>(_: Scalar.Type, _ shape: Shape, _ window: ResponseWindow, _ bound: Double)
  {
    let x: [Scalar] = spread(shape.count), g: [Scalar] = spread(shape.count, seed: 1)
    let wide = x.map(Double.init), s = scales(wide, shape, window)
    let y = filled(shape, with: x).localResponseNorm(window)
    #expect(zip(y.scalars, wide.indices).allSatisfy { abs(Double($0) - wide[$1] * pow(s[$1], -window.beta)) <= bound })
    let back = filled(shape, with: g).localResponseNormGradient(input: filled(shape, with: x), window)
    let expected = gradient(g.map(Double.init), wide, shape, window)
    #expect(zip(back.scalars, expected).allSatisfy { abs(Double($0) - $1) <= 2 * bound })
  }

  @Test(arguments: [[2, 7], [1, 1, 3], [2, 6, 3, 3], [2, 16, 9, 9], [1, 3, 2, 2, 35]] as [Shape])
  func followsTheFormula(_ shape: Shape) {
    let windows: [ResponseWindow] = [
      ResponseWindow(size: 5), ResponseWindow(size: 5, alpha: 5e-4, k: 2),
      ResponseWindow(size: 4, alpha: 0.5, beta: 0.6),
      ResponseWindow(size: 1, alpha: 2, beta: 0.75), ResponseWindow(size: 9, alpha: 3, beta: 1.5, k: 0.5),
    ]
    withEachForm { _ in
      for window in windows {
        check(Float.self, shape, window, 3e-6)
        check(Double.self, shape, window, 1e-13)
      }
    }
  }

  @Test func sameBitsWithAnyThreads() {
    let x: Tensor<Float> = filled([4, 24, 30, 31], with: spread(4 * 24 * 30 * 31))
    let results = withEachThreadCount {
      let y = x.localResponseNorm(ResponseWindow(size: 5, alpha: 1))
      return bits(y) + bits(y.localResponseNormGradient(input: x, ResponseWindow(size: 5, alpha: 1)))
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  @Test func wrongShapeStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.ones([3]).localResponseNorm(ResponseWindow(size: 5))
    }
    #expect(result.says("[localResponseNorm] needs an input [N, C, …], this one is [3]"))
  }
}
