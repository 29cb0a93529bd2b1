import TensorCore
import Testing

@Suite struct PadTests {
  @Test(arguments: scalarTypes)
  func padsEveryAxis(type: any TensorScalar.Type) {
    func check<Scalar: TensorScalar>(_ type: Scalar.Type) {
      for shape in shapes(for: type) {
        let x = numbered(shape, as: Scalar.self)
        let elements = x.scalars
        let value: Scalar = scalar(97)
        for padding in [
          shape.map { _ in (before: 0, after: 0) }, shape.indices.map { (before: $0 % 3, after: ($0 + 1) % 2) },
        ] {
          let padded = x.padded(padding, with: value)
          let sizes = zip(shape, padding).map { $0 + $1.before + $1.after }
          let expected = tensor(Shape(sizes)) { index in
            let source = zip(index, padding).map { $0 - $1.before }
            let isInside = zip(source, shape).allSatisfy { $0 >= 0 && $0 < $1 }
            return isInside ? elements[offset(of: source, in: shape)] : value
          }
          #expect(padded == expected, "\(shape)")
          #expect(padded.slice(zip(shape, padding).map { $1.before..<($1.before + $0) }) == x)
        }
      }
    }
    withThreadsAndPoison { check(type) }
  }

  @Test func imagesThatLieChannelsLastRemainSo() {
    let x = numbered([2, 3, 4, 5], as: Float.self)
    let paddings: [[(before: Int, after: Int)]] = [
      [(0, 0), (1, 2), (0, 0), (0, 0)], [(1, 0), (0, 3), (2, 1), (0, 2)], [(0, 0), (40, 300), (9, 0), (0, 9)],
    ]
    for padding in paddings {
      let padded = x.channelsLast().padded(padding, with: 97)
      #expect(padded.isChannelsLast)
      #expect(padded == x.padded(padding, with: 97))
    }
  }

  @Test func padsWithZeroUnlessTold() {
    #expect(Tensor<Float>([1, 2]).padded([(1, 2)]) == [0, 1, 2, 0, 0])
  }

  @Test func stopsForWrongPadding() async {
    let result1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).padded([(1, 1)])
    }
    #expect(result1.says("[padded] [2, 3] needs 2 pairs of sizes of at least 0, not [[1, 1]]"))
    let result2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2]).padded([(1, -1)])
    }
    #expect(result2.says("[padded] [2] needs 1 pairs of sizes of at least 0, not [[1, -1]]"))
  }
}
