import Autograd
import Datasets
import Foundation
import NNLayers
import TensorCore
import Testing
import Training

/// A network with a convolution, for pictures.
struct ConvolutionalNetwork: Layer {
  let conv = Conv2d(1, 5, kernelSize: 3, padding: 1)
  let relu = ReLU()
  let dense = Linear(80, 3)

  func forward(_ x: Variable, _ context: Context) -> Variable {
    dense(Flatten()(relu(conv(x, context), context), context), context)
  }
}

/// A short training of that network, and what it left.
struct ConvolutionalRun {
  let model = seeded(3) { ConvolutionalNetwork() }
  let html: String

  init() throws {
    let place = try TemporaryFolder()
    let run = try TrainingRun(
      starting: MadeUpData.settings(epochs: 2), model, data: MadeUpData.splits(), in: RunFolder(place.path))
    _ = try run.run()
    html = try place.text("report.html")
  }

  /// The test images as the network sees them.
  var inputs: Tensor<Float> {
    get throws {
      try PreparedImages(MadeUpData.splits().test, MadeUpData.preprocessing()).images(at: Array(0..<20))
    }
  }
}

struct NetworkInspectionTests {
  @Test func activationsAreThoseOfTheNetwork() throws {
    let run = try ConvolutionalRun()
    let outputs = try run.model.outputs(of: ["conv", "relu", "dense"], for: run.inputs)
    for (name, shape) in [("conv", "5×4×4"), ("relu", "5×4×4"), ("dense", "3")] {
      let row = try #require(run.html.text(between: "<tr><th scope=\"row\">\(name)</th>", and: "</tr>"))
      let values = try #require(outputs[name]).scalars.map(Double.init)
      let mean = values.reduce(0, +) / Double(values.count)
      let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      let zeros = Double(values.filter { $0 == 0 }.count) / Double(values.count) * 100
      let expected = [mean, square.squareRoot(), values.min() ?? 0, values.max() ?? 0].map {
        String(format: "%.4g", $0)
      }
      let cells = row.components(separatedBy: "</td>").map { $0.components(separatedBy: "<td>").last ?? "" }
      #expect(Array(cells[1...6]) == [shape] + expected + [String(format: "%.1f %%", zeros)])
      #expect(row.contains("<svg class=\"bars\""))
    }
    #expect(run.html.contains("on 20 test images"))
  }

  /// Five filters of 3×3 in a row, a pixel apart: 19×3; the largest weight is white or black, 0 would be grey.
  @Test func filtersAreTheWeights() throws {
    let run = try ConvolutionalRun()
    let picture = try #require(try run.picture("filters of conv.weight"))
    #expect(picture.width == 19 && picture.height == 3)
    let weights = run.model.conv.weight.value.floats.scalars
    let largest = try #require(weights.map(abs).max())
    for filter in 0..<5 {
      for tap in 0..<9 {
        let expected = Int(((0.5 + weights[filter * 9 + tap] / largest * 0.5) * 255).rounded())
        #expect(abs(picture.pixels[tap / 3 * 19 + filter * 4 + tap % 3] - expected) <= 1)
      }
      if filter < 4 { #expect(picture.pixels[filter * 4 + 3] == 128) }
    }
    #expect(run.html.contains("The 5 filters of <b>conv.weight</b>, 3×3"))
  }

  /// The maps of the first image, stretched from their smallest to their largest value.
  @Test func mapsAreThoseOfTheFirstImage() throws {
    let run = try ConvolutionalRun()
    for name in ["conv", "relu"] {
      let picture = try #require(try run.picture("maps of \(name)"))
      #expect(picture.width == 5 * 5 - 1 && picture.height == 4)
      let values = try #require(run.model.outputs(of: [name], for: run.inputs)[name]).scalars.prefix(80)
      let (low, high) = (values.min() ?? 0, values.max() ?? 1)
      for place in 0..<80 {
        let (map, row, column) = (place / 16, place % 16 / 4, place % 4)
        let expected = Int(((values[place] - low) / (high - low) * 255).rounded())
        #expect(abs(picture.pixels[row * 24 + map * 5 + column] - expected) <= 1)
      }
    }
    #expect(run.html.contains("alt=\"test image 0\""))
  }

  /// What fills a page is little: the pictures of this one are a few hundred bytes each.
  @Test func pagesAreSmall() throws {
    #expect(try ConvolutionalRun().html.utf8.count < 60_000)
  }

  @Test func networksWithoutConvolutionsHaveNoPictures() throws {
    let place = try TemporaryFolder()
    try startRun(MadeUpData.settings(epochs: 1), in: RunFolder(place.path))
    let html = try place.text("report.html")
    #expect(!html.contains("First-layer filters") && !html.contains("Feature maps"))
    for name in ["first", "dropout", "second"] { #expect(html.contains("<tr><th scope=\"row\">\(name)</th>")) }
  }
}

extension ConvolutionalRun {
  /// The grey picture of that description, from its PNG file.
  fileprivate func picture(_ title: String) throws -> (width: Int, height: Int, pixels: [Int])? {
    let tags = html.components(separatedBy: "<img ").filter { $0.contains("alt=\"\(title)\"") }
    guard let data = tags.first?.text(between: "base64,", and: "\""), let bytes = Data(base64Encoded: data) else {
      return nil
    }
    let number = { (at: Int) in bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
    let (width, height, length) = (number(16), number(20), number(33))
    let lines = try Zlib.decompress(Array(bytes[41..<(41 + length)]), limit: 1 << 20)
    return (
      width, height, (0..<height).flatMap { row in lines[(row * (width + 1) + 1)...].prefix(width).map(Int.init) }
    )
  }
}

extension String {
  /// The text between the first `start` and the next `end`.
  fileprivate func text(between start: String, and end: String) -> String? {
    guard let from = range(of: start), let to = self[from.upperBound...].range(of: end) else { return nil }
    return String(self[from.upperBound..<to.lowerBound])
  }
}
