import TensorCore
import Testing

@Suite struct PixelShuffleTests {
  @Test(arguments: [1, 2, 3]) func agreesWithTheFormula(factor r: Int) {
    let (channels, height, width) = (2, 3, 4)
    let x = tensor([2, channels * r * r, height, width]) { i in
      Float(((i[0] * channels * r * r + i[1]) * height + i[2]) * width + i[3])
    }
    let expected = tensor([2, channels, height * r, width * r]) { i in
      x[i[0], i[1] * r * r + i[2] % r * r + i[3] % r, i[2] / r, i[3] / r]
    }
    #expect(x.pixelShuffled(by: r) == expected)
    #expect(expected.pixelUnshuffled(by: r) == x)
  }

  @Test func wrongShapesStop() async {
    let shuffle = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 6, 2, 2]).pixelShuffled(by: 2)
    }
    #expect(shuffle.says("[pixel shuffle] by 2 needs [N, C·2², H, W], the input is [1, 6, 2, 2]"))
    let unshuffle = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 1, 4, 5]).pixelUnshuffled(by: 2)
    }
    #expect(unshuffle.says("[pixel unshuffle] by 2 needs [N, C, H·2, W·2], the input is [1, 1, 4, 5]"))
  }
}
