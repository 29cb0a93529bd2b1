import Datasets
import TensorCore
import Testing

/// The figures were counted in the published file by a program that shares nothing with this package.
@Suite struct DigitsTests {
  @Test func everyImageIsThere() {
    #expect(Digits.all.pixels.shape == [1797, 1, 8, 8])
    #expect(Digits.all.labels.shape == [1797])
    #expect(Digits.all.maximum == 16)
    #expect(Digits.all.classNames == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
  }

  @Test func countsOfClasses() {
    #expect(Digits.all.classCounts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
  }

  @Test func firstAndLastImage() {
    let first: [UInt8] = [
      0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0, 0, 3, 15, 2, 0, 11, 8, 0, 0, 4, 12, 0, 0, 8, 8, 0,
      0, 5, 8, 0, 0, 9, 8, 0, 0, 4, 11, 0, 1, 12, 7, 0, 0, 2, 14, 5, 10, 12, 0, 0, 0, 0, 6, 13, 10, 0, 0, 0,
    ]
    let last: [UInt8] = [
      0, 0, 10, 14, 8, 1, 0, 0, 0, 2, 16, 14, 6, 1, 0, 0, 0, 0, 15, 15, 8, 15, 0, 0, 0, 0, 5, 16, 16, 10, 0, 0,
      0, 0, 12, 15, 15, 12, 0, 0, 0, 4, 16, 6, 4, 16, 6, 0, 0, 8, 16, 10, 8, 16, 8, 0, 0, 1, 8, 12, 14, 12, 1, 0,
    ]
    let pixels = Digits.all.pixels.scalars
    #expect(Array(pixels.prefix(64)) == first)
    #expect(Array(pixels.suffix(64)) == last)
    #expect(Digits.all.labels.scalars.first == 0)
    #expect(Digits.all.labels.scalars.last == 8)
  }

  @Test func countsOfPixelValues() {
    var counts = [Int](repeating: 0, count: 17)
    for pixel in Digits.all.pixels.scalars { counts[Int(pixel)] += 1 }
    #expect(
      counts == [
        56272, 4095, 3296, 2944, 3261, 2803, 2559, 2627, 3464, 2585, 2711, 2845, 3668, 3509, 3609, 4304, 10456,
      ])
  }

  @Test func sumsOfClasses() {
    var sums = [Int](repeating: 0, count: 10)
    let pixels = Digits.all.pixels.scalars
    for (image, label) in Digits.all.labels.scalars.enumerated() {
      sums[Int(label)] += pixels[(image * 64)..<(image * 64 + 64)].reduce(0) { $0 + Int($1) }
    }
    #expect(sums == [56415, 57007, 55566, 56151, 56239, 55915, 56336, 54289, 57408, 56392])
  }

  /// Each pixel weighed by its place and its image's: sees any exchange.
  @Test func everythingIsInItsPlace() {
    let pixels = Digits.all.pixels.scalars
    var sum = 0
    for image in 0..<1797 {
      for place in 0..<64 { sum += (image + 1) * (place + 1) * Int(pixels[image * 64 + place]) }
    }
    #expect(sum == 16_337_198_609)
  }

  @Test func oneStratifiedSplit() throws {
    let splits = try Digits().load()
    #expect(splits.test.classCounts == [36, 36, 35, 37, 36, 36, 36, 36, 35, 36])
    #expect(splits.training.classCounts == [142, 146, 142, 146, 145, 146, 145, 143, 139, 144])
    #expect(splits.validation?.count == nil)
    let again = try Digits().load()
    #expect(again.training.pixels.scalars == splits.training.pixels.scalars)
    #expect(again.test.labels.scalars == splits.test.labels.scalars)
  }

  @Test func recipeMakesLeNetInputs() throws {
    let splits = try Digits().load()
    let recipe = try Digits().preprocessing(fittedTo: splits.training)
    #expect(recipe.outputShape == [1, 32, 32])
    #expect(PreparedImages(splits.test, recipe).images(at: [0, 5]).shape == [2, 1, 32, 32])
  }
}
