import Autograd
import NNLayers
import TensorCore
import Testing

struct Pooling3dTests {
  /// The windows of a pooling by plain loops: for each the elements inside, and the number with padding.
  private static func windows(
    _ size: [Int], kernel: [Int], stride: [Int], padding: [Int]
  ) -> [(inside: [Int], all: Int)] {
    let output = (0..<3).map { (axis: Int) -> Int in
      let room: Int = size[axis] + 2 * padding[axis] - kernel[axis]
      return room / stride[axis] + 1
    }
    var windows: [(inside: [Int], all: Int)] = []
    for z in 0..<output[0] {
      for y in 0..<output[1] {
        for x in 0..<output[2] {
          var inside: [Int] = []
          for d in 0..<kernel[0] {
            for r in 0..<kernel[1] {
              for s in 0..<kernel[2] {
                let i: Int = z * stride[0] - padding[0] + d
                let j: Int = y * stride[1] - padding[1] + r
                let k: Int = x * stride[2] - padding[2] + s
                guard 0..<size[0] ~= i, 0..<size[1] ~= j, 0..<size[2] ~= k else { continue }
                inside.append((i * size[1] + j) * size[2] + k)
              }
            }
          }
          windows.append((inside, kernel.reduce(1, *)))
        }
      }
    }
    return windows
  }

  @Test func agreesWithPlainLoops() throws {
    let size = [5, 6, 7]
    var random = RandomStream(seed: 4)
    let x = Tensor<Float>.uniform([1, 1, 5, 6, 7], in: -1..<1, using: &random)
    let values = x.scalars.map(Double.init)
    let windows = Self.windows(size, kernel: [3, 2, 3], stride: [2, 2, 1], padding: [1, 0, 1])
    let kernel = VolumeSize(depth: 3, height: 2, width: 3), stride = VolumeSize(depth: 2, height: 2, width: 1)
    let padding = VolumeSize(depth: 1, height: 0, width: 1)
    func close(_ tensor: Tensor<Float>, _ expected: [Double]) -> Bool {
      tensor.count == expected.count && zip(tensor.scalars, expected).allSatisfy { abs(Double($0) - $1) < 1e-6 }
    }
    let largest = try MaxPool3d(kernel, stride: stride, padding: padding).predict(x)
    #expect(largest.shape == [1, 1, 3, 3, 7])
    let maxima: [Double] = windows.map { $0.inside.reduce(-2) { max($0, values[$1]) } }
    #expect(close(largest, maxima))
    let mean = try AveragePool3d(kernel, stride: stride, padding: padding).predict(x)
    let sums: [Double] = windows.map { $0.inside.reduce(0) { $0 + values[$1] } }
    #expect(close(mean, zip(sums, windows).map { $0 / Double($1.all) }))
    let inside = try AveragePool3d(kernel, stride: stride, padding: padding, countsPadding: false).predict(x)
    #expect(close(inside, zip(sums, windows).map { $0 / Double($1.inside.count) }))
  }

  @Test func adaptive() throws {
    let x = Tensor<Float>((0..<24).map(Float.init), shape: [1, 1, 2, 3, 4])
    #expect(try AdaptiveAveragePool3d(1).predict(x).scalars == [11.5])
    // Depth 1 over both planes, rows 0…1 and 1…2, columns 0…1 and 2…3.
    let two = VolumeSize(depth: 1, height: 2, width: 2)
    #expect(try AdaptiveAveragePool3d(two).predict(x).scalars == [8.5, 10.5, 12.5, 14.5])
    #expect(try AdaptiveAveragePool3d(two).outputShape(for: x.shape) == [1, 1, 1, 2, 2])
  }

  @Test func gradients() {
    var random = RandomStream(seed: 6)
    let x = Tensor<Double>.uniform([2, 1, 3, 4, 5], in: -1..<1, using: &random)
    let context = Context(mode: .inference, precision: .double)
    let layers: [any Layer] = [
      MaxPool3d(2), AveragePool3d(3, stride: 1, padding: 1, countsPadding: false),
      AdaptiveAveragePool3d(VolumeSize(depth: 2, height: 2, width: 3)),
    ]
    for layer in layers { #expect(checkGradients("\(layer)", at: [x]) { layer($0[0], context) }.passes(1e-6)) }
  }

  @Test func shapes() throws {
    #expect(try MaxPool3d(2).outputShape(for: [2, 3, 4, 6, 9]) == [2, 3, 2, 3, 4])
    #expect(try MaxPool3d(2, roundsUp: true).outputShape(for: [2, 3, 5, 6, 9]) == [2, 3, 3, 3, 5])
    #expect(throws: InputError.self) { try MaxPool3d(3).predict(.zeros([1, 1, 2, 4, 4])) }
    #expect(throws: InputError.self) { try AveragePool3d(2).predict(.zeros([1, 4, 4, 4])) }
    #expect(throws: InputError.self) { try AdaptiveAveragePool3d(2).predict(.zeros([1, 4, 4, 4])) }
  }
}
