import NNLayers
import TensorCore
import Testing

struct ResamplingTests {
  private let image = Tensor<Float>([1, 2, 3, 4], shape: [1, 1, 2, 2])

  @Test func upsampling() throws {
    #expect(
      try Upsample2d(scale: 2).predict(image).scalars == [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4])
    let bilinear = Upsample2d(scale: 2, interpolation: .bilinear(alignsCorners: false))
    #expect(
      try bilinear.predict(image).scalars
        == [1, 1.25, 1.75, 2, 1.5, 1.75, 2.25, 2.5, 2.5, 2.75, 3.25, 3.5, 3, 3.25, 3.75, 4])
    let aligned = Upsample2d(size: 3, interpolation: .bilinear(alignsCorners: true))
    #expect(try aligned.predict(image).scalars == [1, 1.5, 2, 2, 2.5, 3, 3, 3.5, 4])
    #expect(try Upsample2d(scale: 1.5).outputShape(for: [2, 3, 5, 4]) == [2, 3, 7, 6])
    #expect(throws: InputError.self) { try Upsample2d(scale: 2).predict(.zeros([1, 2, 2])) }
    #expect(throws: InputError.self) { try Upsample2d(scale: 0.4).predict(image) }
  }

  @Test func shuffling() throws {
    let x = Tensor<Float>((0..<8).map(Float.init), shape: [1, 4, 1, 2])
    let finer = try PixelShuffle(2).predict(x)
    #expect(finer.shape == [1, 1, 2, 4])
    #expect(finer.scalars == [0, 2, 1, 3, 4, 6, 5, 7])
    #expect(try PixelUnshuffle(2).predict(finer) == x)
    #expect(try PixelShuffle(2).outputShape(for: x.shape) == finer.shape)
    #expect(throws: InputError.self) { try PixelShuffle(2).predict(.zeros([1, 6, 2, 2])) }
    #expect(throws: InputError.self) { try PixelUnshuffle(2).predict(.zeros([1, 6, 3, 2])) }
  }
}
