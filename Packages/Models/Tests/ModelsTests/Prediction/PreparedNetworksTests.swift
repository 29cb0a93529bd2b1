import Autograd
import Models
import NNLayers
import TensorCore
import Testing

/// The catalogue's networks, prepared, against themselves in Double.
@Suite(.serialized)
struct PreparedNetworksTests {
  private static let cases: [(name: String, side: Int)] = [
    ("lenet5", 32), ("lenet5-1998", 32), ("lenet28", 28), ("nin", 32), ("nin-lite", 32), ("alexnet-lite", 32),
    ("alexnet", 67),
    ("vgg-lite", 32), ("googlenet", 64), ("googlenet-lite", 32), ("resnet18", 40), ("resnet50", 40), ("resnet20", 16),
    ("preact_resnet110", 8),
  ]

  /// A network whose normalisations have averages of their own.
  private func network(_ name: String) throws -> (layer: any Layer, channels: Int) {
    let entry = try #require(ModelCatalog.entry(named: name))
    let layer = seeded(5) { entry.make() }
    var random = RandomStream(seed: 6)
    for (name, cell) in layer.namedState {
      switch cell {
      case .buffer(let buffer) where name.hasSuffix("running_mean"):
        buffer.value = .tensor(.float(.normal(buffer.shape, deviation: 0.2, using: &random)))
      case .buffer(let buffer) where name.hasSuffix("running_var"):
        buffer.value = .tensor(.float(.uniform(buffer.shape, in: 0.5..<2, using: &random)))
      case .parameter(let parameter) where name.contains("bn") && name.hasSuffix("bias"):
        parameter.value = .float(.normal(parameter.shape, deviation: 0.2, using: &random))
      default: break
      }
    }
    return (layer, entry.facts.input[0])
  }

  @Test(arguments: cases) func logitsAreThoseOfTheNetwork(_ name: String, _ side: Int) throws {
    let (layer, channels) = try network(name)
    var random = RandomStream(seed: 8)
    let images = Tensor<Float>.normal([2, channels, side, side], using: &random)
    let expected = layer(images, Context(mode: .inference, precision: .double)).doubles.scalars
    let ready = layer.prepared()
    let found = try ready.predict(images).scalars
    #expect(ready.stepNames(for: images.shape) != nil)
    let largest = expected.map(abs).max() ?? 0
    let distance = zip(found, expected).map { abs(Double($0) - $1) }.max() ?? .infinity
    #expect(distance <= 4e-6 * largest, "\(distance / largest)")
    #expect(try ready.predict(images).scalars == found)
  }
}
