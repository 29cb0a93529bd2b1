import Datasets
import Foundation
import TensorCore
import Testing

@Suite struct PreprocessingTests {
  private let size = ImageSize(height: 28, width: 28)

  @Test func shapeOfTheResult() throws {
    let padded = try Preprocessing(channels: 1, imageSize: size, padding: 2, mean: [0], deviation: [1])
    #expect(padded.outputShape == [1, 32, 32])
    let resized = try Preprocessing(
      channels: 3, imageSize: size, resizedSize: ImageSize(height: 10, width: 20), padding: 1, mean: [0, 0, 0],
      deviation: [1, 1, 1])
    #expect(resized.outputShape == [3, 12, 22])
  }

  @Test func survivesJSON() throws {
    let recipe = try Preprocessing(
      channels: 3, imageSize: size, resizedSize: ImageSize(height: 32, width: 31), padding: 4, inverts: true,
      mean: [0.1307, 1 / 3, 0], deviation: [0.3081, 0.1, 7])
    #expect(try JSONDecoder().decode(Preprocessing.self, from: JSONEncoder().encode(recipe)) == recipe)
    let plain = try Preprocessing(channels: 1, imageSize: size, mean: [0.5], deviation: [0.25])
    #expect(try JSONDecoder().decode(Preprocessing.self, from: JSONEncoder().encode(plain)) == plain)
  }

  @Test(arguments: [
    (#""channels": 2"#, "preprocessing: expected 1 or 3 channels, found 2"),
    (#""imageSize": {"height": 0, "width": 8}"#, "preprocessing: expected sides in 1...16384, found 0x8"),
    (#""resizedSize": {"height": 8, "width": 16385}"#, "preprocessing: expected sides in 1...16384, found 8x16385"),
    (#""padding": -1"#, "preprocessing: expected padding in 0...16384, found -1"),
    (#""padding": 9223372036854775807"#, "preprocessing: expected padding in 0...16384, found 9223372036854775807"),
    (#""mean": [0, 1]"#, "preprocessing: expected 1 finite means, found [0.0, 1.0]"),
    (#""deviation": []"#, "preprocessing: expected 1 finite deviations above 0, found []"),
    (#""deviation": [0]"#, "preprocessing: expected 1 finite deviations above 0, found [0.0]"),
  ])
  func refusesRecipesThatCannotBe(field: String, message: String) throws {
    var fields = [
      "channels": "1", "imageSize": #"{"height": 8, "width": 8}"#, "resizedSize": "null", "padding": "0",
      "inverts": "false", "mean": "[0]", "deviation": "[1]",
    ]
    let parts = field.split(separator: ":", maxSplits: 1)
    fields[parts[0].trimmingCharacters(in: CharacterSet(charactersIn: "\""))] = String(parts[1])
    let text = "{" + fields.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ") + "}"
    let error = #expect(throws: DatasetError.self) {
      try JSONDecoder().decode(Preprocessing.self, from: Data(text.utf8))
    }
    #expect(error?.description == message)
  }
}
