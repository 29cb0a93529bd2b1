import Foundation
import TensorCore
import Testing
import Training

struct SearchRangeTests {
  @Test func valuesByHand() {
    let rate = SearchRange.logarithmic(lower: 1e-4, upper: 1)
    #expect(rate.value(at: 0) == .number(1e-4))
    // Half of the way in logarithms from 10⁻⁴ to 10⁰ is 10⁻².
    #expect(abs((rate.value(at: 0.5).number ?? 0) - 1e-2) < 1e-12)
    #expect(SearchRange.uniform(lower: -1, upper: 3).value(at: 0.25) == .number(0))
    let whole = SearchRange.whole(lower: 3, upper: 5)
    #expect([0, 0.3, 0.34, 0.66, 0.67, 0.999].map(whole.value) == [3, 3, 4, 4, 5, 5].map(SearchValue.whole))
    let words = SearchRange.oneOf([.word("sgd"), .word("adam")])
    #expect([0, 0.49, 0.5, 0.99].map(words.value) == ["sgd", "sgd", "adam", "adam"].map(SearchValue.word))
  }

  @Test func gridsHaveTheBoundsAndEqualDistances() {
    #expect(SearchRange.uniform(lower: 0, upper: 1).grid(5) == [0, 0.25, 0.5, 0.75, 1].map(SearchValue.number))
    let rates = SearchRange.logarithmic(lower: 1e-3, upper: 1e-1).grid(3).compactMap(\.number)
    for (rate, expected) in zip(rates, [1e-3, 1e-2, 1e-1]) { #expect(abs(rate - expected) < 1e-15) }
    #expect(SearchRange.whole(lower: 1, upper: 10).grid(4) == [1, 4, 7, 10].map(SearchValue.whole))
    #expect(SearchRange.whole(lower: 1, upper: 3).grid(9) == [1, 2, 3].map(SearchValue.whole))
    #expect(SearchRange.oneOf([.word("a"), .word("b"), .word("c")]).grid(2).count == 3)
    #expect(SearchRange.uniform(lower: 0, upper: 4).grid(1) == [.number(2)])
    #expect(SearchRange.uniform(lower: 2, upper: 2).grid(3) == [.number(2)])
  }

  @Test(
    arguments: [
      .uniform(lower: -2, upper: 7), .logarithmic(lower: 1e-6, upper: 30), .whole(lower: -3, upper: 12),
      .oneOf([.word("x"), .whole(2), .number(0.5)]),
    ] as [SearchRange])
  func drawsLieInTheRangeAndWhereTheyAreSaidToLie(range: SearchRange) throws {
    var random = RandomStream(seed: 4)
    for _ in 0..<1_000 {
      let value = range.value(at: random.uniform())
      let place = try #require(range.place(of: value))
      #expect(place >= 0 && place <= 1)
      guard let number = value.number, let again = range.value(at: min(place, 1)).number else { continue }
      #expect(abs(number - again) <= 1e-9 * abs(number))
    }
  }

  /// Of a logarithmic range each decade gets its share: of 4,000 draws over four decades 1,000 ± 4 deviations, √(4000·¼·¾) = 27.4.
  @Test func decadesAreEquallyLikely() {
    let range = SearchRange.logarithmic(lower: 1e-4, upper: 1)
    var random = RandomStream(seed: 9)
    var counts = [0, 0, 0, 0]
    for _ in 0..<4_000 { counts[min(3, Int(log10(range.value(at: random.uniform()).number ?? 1) + 4))] += 1 }
    #expect(counts.allSatisfy { abs($0 - 1_000) < 110 }, "\(counts)")
  }

  @Test(
    arguments: [
      (.uniform(lower: 1, upper: 0), "1.0 and 0.0"), (.uniform(lower: 0, upper: .infinity), "inf"),
      (.uniform(lower: .nan, upper: 1), "nan"), (.logarithmic(lower: 0, upper: 1), "above 0"),
      (.logarithmic(lower: 2, upper: 1), "the lower first"), (.whole(lower: 4, upper: 3), "4 and 3"),
      (.whole(lower: .min, upper: .max), "within"), (.oneOf([]), "different values"),
      (.oneOf([.word("a"), .word("a")]), "different values"),
    ] as [(SearchRange, String)])
  func refusesBounds(range: SearchRange, words: String) {
    let error = #expect(throws: SettingsError.self) { try SearchSpace([.init("rate", range)]).validate() }
    #expect(error?.setting == "rate" && error?.description.contains(words) == true, "\(String(describing: error))")
  }

  @Test func refusesAnEmptySpaceAndNamesThatComeTwice() {
    #expect(throws: SettingsError.self) { try SearchSpace([]).validate() }
    let choice = SearchSpace.Choice("x", .uniform(lower: 0, upper: 1))
    let error = #expect(throws: SettingsError.self) { try SearchSpace([choice, choice]).validate() }
    #expect(error?.setting == "x")
  }

  @Test func aPointWithoutSuchANumberStops() async {
    await #expect(processExitsWith: .failure) {
      let search = Search(SearchSpace([.init("rule", .oneOf([.word("sgd")]))]), .random(trials: 1), goal: .largest)
      _ = try search.run { $0.point.number("rule") }
    }
  }
}
