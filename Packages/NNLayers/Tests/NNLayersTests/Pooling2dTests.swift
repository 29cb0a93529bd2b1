import Autograd
import NNLayers
import TensorCore
import Testing

struct Pooling2dTests {
  private let image = Tensor<Float>((0..<16).map(Float.init), shape: [1, 1, 4, 4])

  /// The windows of 0…15 in rows of four: the last element is the largest, the mean 2.5 above the first.
  @Test("Pooling: max and average, size (W - F)/S + 1, no parameters")
  func handComputed() throws {
    #expect(try MaxPool2d(2).predict(image).scalars == [5, 7, 13, 15])
    #expect(try AveragePool2d(2).predict(image).scalars == [2.5, 4.5, 10.5, 12.5])
    #expect(try MaxPool2d(3, stride: 1).predict(image).scalars == [10, 11, 14, 15])
    #expect(MaxPool2d(2).parameterCount == 0)
    #expect(AveragePool2d(2).parameterCount == 0)
    for (size, kernel, stride) in [(28, 2, 2), (55, 3, 2), (7, 3, 1)] {
      let output = (size - kernel) / stride + 1
      let layer = MaxPool2d(PlaneSize(kernel), stride: PlaneSize(stride))
      #expect(try layer.outputShape(for: [1, 1, size, size]) == [1, 1, output, output])
    }
  }

  /// The largest of each window gets the whole gradient; in the mean each element gets a quarter.
  @Test("Pooling: gradient routing")
  func gradientRouting() {
    let tape = Tape()
    let x = tape.watch(Tensor<Double>([1, 4, 2, 3, 0, 1, 9, 5], shape: [1, 1, 2, 4]))
    let weights = Variable(Tensor<Double>([10, 100], shape: [1, 1, 1, 2]))
    let largest = (MaxPool2d(2)(x, .inference) * weights).sum().gradients()
    #expect(largest[x]?.doubles.scalars == [0, 10, 0, 0, 0, 0, 100, 0])
    let other = Tape()
    let y = other.watch(Tensor<Double>([1, 4, 2, 3, 0, 1, 9, 5], shape: [1, 1, 2, 4]))
    let mean = (AveragePool2d(2)(y, .inference) * weights).sum().gradients()
    #expect(mean[y]?.doubles.scalars == [2.5, 2.5, 25, 25, 2.5, 2.5, 25, 25])
  }

  @Test func paddingCountsOrNot() throws {
    // The first window holds three zeros of padding and the element 0; the last three and the element 15.
    #expect(try AveragePool2d(2, padding: 1).predict(image).scalars.last == 15.0 / 4)
    #expect(try AveragePool2d(2, padding: 1, countsPadding: false).predict(image).scalars.last == 15)
  }

  /// On five columns the third window holds the last one alone; beyond the image nothing is counted.
  @Test func roundingUp() throws {
    let line = Tensor<Float>([1, 2, 3, 4, 10], shape: [1, 1, 1, 5])
    let pair = PlaneSize(height: 1, width: 2)
    #expect(try MaxPool2d(pair).predict(line).scalars == [2, 4])
    #expect(try MaxPool2d(pair, roundsUp: true).predict(line).scalars == [2, 4, 10])
    #expect(try AveragePool2d(pair, roundsUp: true).predict(line).scalars == [1.5, 3.5, 10])
    // AlexNet's and GoogLeNet's poolings of 3 at stride 2.
    #expect(try MaxPool2d(3, stride: 2).outputShape(for: [1, 64, 112, 112]) == [1, 64, 55, 55])
    #expect(try MaxPool2d(3, stride: 2, roundsUp: true).outputShape(for: [1, 64, 112, 112]) == [1, 64, 56, 56])
    // With one column of padding the fourth window of 2 would start beyond the image: it does not count.
    let padded = MaxPool2d(2, padding: 1, roundsUp: true)
    #expect(try padded.outputShape(for: [1, 1, 5, 5]) == [1, 1, 3, 3])
  }

  @Test func paddingOnOneSideOnly() throws {
    let right = MaxPool2d(2, stride: 1, padding: .sides(top: 0, bottom: 1, left: 0, right: 1))
    #expect(try right.predict(image).scalars.suffix(5) == [15, 13, 14, 15, 15])
  }

  @Test func shapes() throws {
    #expect(try MaxPool2d(3, stride: 2, padding: 1).outputShape(for: [2, 3, 9, 8]) == [2, 3, 5, 4])
    #expect(throws: InputError.self) { try MaxPool2d(5).predict(image) }
    #expect(throws: InputError.self) { try AveragePool2d(2).predict(Tensor<Float>.zeros([4, 4])) }
    #expect(throws: InputError.self) { try LpPool2d(5, power: 2).predict(image) }
  }

  @Test func unpooling() {
    let (small, indices) = MaxPool2d(2).withIndices(Variable(image))
    #expect(indices.scalars == [5, 7, 13, 15])
    let large = MaxUnpool2d(2)(small, indices: indices)
    #expect(large.floats.scalars == [0, 0, 0, 0, 0, 5, 0, 7, 0, 0, 0, 0, 0, 13, 0, 15])
    let larger = MaxUnpool2d(2)(small, indices: indices, outputSize: 5)
    #expect(larger.shape == [1, 1, 5, 5])
    #expect(MaxUnpool2d(3, stride: 2, padding: 1)(small, indices: indices, outputSize: 4).shape == [1, 1, 4, 4])
  }

  @Test func norms() throws {
    let x = Tensor<Float>([3, -4, 0, 0, 1, -2, 2, 0], shape: [1, 1, 2, 4])
    #expect(try LpPool2d(PlaneSize(height: 1, width: 2), power: 2).predict(x).scalars[0] == 5)
    #expect(try LpPool2d(2, power: 1).predict(x).scalars == [10, 2])
  }
}
