import Foundation
import Testing
import Training

/// Rules right and wrong, of functions with and without kinks, whose derivatives at 0 are known.
struct OneSidedSlopesTests {
  private func slopes(_ derivative: Double, _ function: (Double) -> Double) -> OneSidedSlopes {
    OneSidedSlopes(derivative: derivative, value: function(0), function)
  }

  @Test func smoothFunctions() {
    let right = slopes(2) { exp(2 * $0) }
    #expect(right.agrees && !right.isAtKink)
    #expect(abs(right.slope - 2) < 1e-8)
    for wrong in [3, 1.9, -2, 0, .nan, .infinity] {
      let found = slopes(wrong) { exp(2 * $0) }
      #expect(!found.agrees && !found.isAtKink, "\(wrong)")
    }
  }

  /// A bend of 1,000 times the slope is no kink.
  @Test func bentFunctions() {
    #expect(slopes(1) { $0 + 500 * $0 * $0 }.agrees)
    let wrong = slopes(1.01) { $0 + 500 * $0 * $0 }
    #expect(!wrong.agrees && !wrong.isAtKink)
  }

  /// 3 max(0, x + d) + x, whose derivative is 4 where d > 0 and 1 where d < 0.
  @Test(arguments: [2e-8, 5e-8, -5e-8, 1e-9])
  func kinksNearby(distance: Double) {
    func function(_ x: Double) -> Double { 3 * max(0, x + distance) + x }
    let right = slopes(distance > 0 ? 4 : 1, function)
    #expect(!right.agrees && right.isAtKink)
    for wrong in [20, -20, .nan] {
      let found = slopes(wrong, function)
      #expect(!found.agrees && !found.isAtKink)
    }
  }

  /// Beyond the smallest step a kink is not in the way.
  @Test func kinksFurtherAway() {
    let right = slopes(4) { 3 * max(0, $0 + 2e-7) + $0 }
    #expect(right.agrees && !right.isAtKink)
  }

  @Test func functionsWithoutValues() {
    let found = slopes(1) { _ in .nan }
    #expect(!found.agrees && !found.isAtKink && found.slope.isNaN)
    let infinite = slopes(1) { $0 > 0 ? .infinity : $0 }
    #expect(!infinite.agrees && !infinite.isAtKink)
  }
}
