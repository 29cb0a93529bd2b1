import Autograd
import NNLayers
import TensorCore
import Testing

struct EmbeddingTests {
  private let table: Tensor<Float> = [[1, 2], [3, 4], [5, 6], [7, 8]]

  @Test func looksUpVectors() throws {
    let layer = Embedding(4, 2)
    layer.weight.value = .float(table)
    let indices: Tensor<Int64> = [[3, 0], [1, 1]]
    #expect(layer(indices, .inference).floats == [[[7, 8], [1, 2]], [[3, 4], [3, 4]]])
    #expect(try layer.predict([2, 0]) == [[5, 6], [1, 2]])
    #expect(try Sequential(layer, Flatten()).predict([[2, 0]]) == [[5, 6, 1, 2]])
    #expect(layer.namedState.map(\.name) == ["weight"])
  }

  /// Index 1 comes twice: its gradients add up; index 2 does not come.
  @Test func gradientsAddUpWhereIndicesRepeat() {
    let layer = Embedding(4, 2)
    let context = Context.training(seed: 1)
    let y = layer(Tensor<Int64>([1, 0, 1, 3]), context)
    let loss = (y * Variable(Tensor<Float>([1, 2, 10, 20, 100, 200, 5, 6], shape: [4, 2]))).sum()
    #expect(loss.gradients()[layer.weight]?.floats == [[10, 20], [101, 202], [0, 0], [5, 6]])
  }

  @Test func paddingIsZeroAndStays() {
    let layer = seeded(1) { Embedding(4, 2, paddingIndex: 1) }
    let values = layer.weight.value.floats.scalars
    #expect(values[2..<4] == [0, 0] && !values[..<2].contains(0) && !values[4...].contains(0))
    layer.weight.value = .float(table)
    let y = layer(Tensor<Int64>([1, 0, 1, 3]), .training(seed: 1))
    #expect(y.floats == [[3, 4], [1, 2], [3, 4], [7, 8]])
    #expect(y.sum().gradients()[layer.weight]?.floats == [[1, 1], [0, 0], [0, 0], [1, 1]])
  }

  @Test func firstValuesAreGaussian() {
    let values = seeded(1) { Embedding(1000, 100) }.weight.value.floats
    // 100,000 numbers: five deviations of the mean, 1 / √10⁵, and of the variance, √(2 / 10⁵).
    #expect(abs(values.mean().scalar) < 0.016)
    #expect(abs(values.variance().scalar - 1) < 0.023)
  }

  /// An embedding adds nothing up, so that 1 / √fan-in is 1.
  @Test func initializersKnowTheFan() {
    let layer = Embedding(50, 20)
    seeded(1) { _ = layer.initialize(with: .fanInUniform) }
    let values = layer.weight.value.floats.scalars
    #expect(values.allSatisfy { abs($0) <= 1 } && values.contains { abs($0) > 0.9 })
  }

  @Test func gradientsAgree() {
    let layer = seeded(2) { Embedding(5, 3) }
    for parameter in layer.parameters { parameter.value = parameter.value.converted(to: .double) }
    let indices = Tensor<Int64>([4, 2, 2, 0, 4, 2])
    let report = checkGradients("embedding", at: [layer.weight.value.doubles]) { $0[0].take(indices).squared() }
    #expect(report.passes(1e-6), "\(report)")
    let context = Context(mode: .training, precision: .double)
    let slopes = layer(indices, context).squared().sum().gradients()[layer.weight]?.doubles
    let tape = Tape()
    let weight = tape.watch(layer.weight.value)
    #expect(slopes == weight.take(indices).squared().sum().gradients()[weight]?.doubles)
  }

  /// 30,000 indices into 50 vectors of 300: enough for several blocks, each vector hit hundreds of times.
  @Test func theSameBitsOnAnyNumberOfThreads() {
    let before = ThreadPool.threadCount
    defer { ThreadPool.threadCount = before }
    let layer = seeded(1) { Embedding(50, 300, paddingIndex: 7) }
    let indices = Tensor<Int64>((0..<30_000).map { Int64($0 * 7919 % 50) })
    var random = RandomStream(seed: 1)
    let factors = Variable(Tensor<Float>.normal([30_000, 300], using: &random))
    let bits = [1, 2].map { threads in
      ThreadPool.threadCount = threads
      let loss = (layer(indices, .training(seed: 1)) * factors).sum()
      return loss.gradients()[layer.weight]?.floats.scalars.map(\.bitPattern)
    }
    #expect(bits[0] == bits[1])
    #expect(bits[0]?.contains { $0 != 0 } == true)
  }

  @Test func wrongIndicesStop() async {
    let large = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Embedding(4, 2)(Tensor<Int64>([0, 4]), .inference)
    }
    #expect(says(large, "[Embedding] index 4.0, number 1, of the input [2] is not one of weight [4, 2]"))
    let broken = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Embedding(4, 2)(Tensor<Float>([0.5]), .inference)
    }
    #expect(says(broken, "[Embedding] index 0.5, number 0, of the input [1] is not one of weight [4, 2]"))
    let padding = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Embedding(4, 2, paddingIndex: 4)
    }
    #expect(says(padding, "[Embedding] the padding index 4 is not one of 4 indices"))
  }

  private func says(_ result: ExitTest.Result?, _ message: String) -> Bool {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self).contains(message)
  }
}
