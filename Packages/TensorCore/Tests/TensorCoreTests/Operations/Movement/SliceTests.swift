import TensorCore
import Testing

/// A few blocks of a shape: all, the middle, one index, none.
private func blocks(of shape: Shape) -> [[Range<Int>]] {
  [
    [],
    shape.map { 0..<$0 },
    shape.map { $0 / 3..<($0 + 1) / 2 },
    shape.map { ($0 + 1) / 2..<$0 },
    shape.prefix(1).map { $0..<$0 },
    shape.dropLast().map { $0 / 2..<$0 },
  ]
}

@Suite struct SliceTests {
  @Test(arguments: scalarTypes)
  func slicesAndAssignsBlocks(type: any TensorScalar.Type) {
    func check<Scalar: TensorScalar>(_ type: Scalar.Type) {
      for shape in shapes(for: type) {
        let x = numbered(shape, as: Scalar.self)
        let elements = x.scalars
        for ranges in blocks(of: shape) {
          let all = ranges + shape.dropFirst(ranges.count).map { 0..<$0 }
          let block = Shape(all.map(\.count))
          let part = x.slice(ranges)
          let expected = tensor(block) { index in
            elements[offset(of: zip(index, all).map { $0 + $1.lowerBound }, in: shape)]
          }
          #expect(part == expected, "\(shape) \(ranges)")
          var changed = Tensor<Scalar>.zeros(shape)
          changed.assign(part, at: ranges)
          let inside = { (index: [Int]) in zip(index, all).allSatisfy { $1.contains($0) } }
          #expect(changed == tensor(shape) { inside($0) ? elements[offset(of: $0, in: shape)] : .zero })
        }
      }
    }
    withThreadsAndPoison { check(type) }
  }

  @Test func blocksOfChannelsLastImagesLieSo() {
    let x = numbered([5, 6, 4, 7], as: Float.self), pixels = x.channelsLast()
    for ranges in blocks(of: x.shape) {
      let part = pixels.slice(ranges)
      #expect(part == x.slice(ranges), "\(ranges)")
      #expect(part.isChannelsLast == x.slice(ranges).channelsLast().isChannelsLast)
    }
    #expect(pixels.slice(axis: 2, range: 1..<3) == x.slice(axis: 2, range: 1..<3))
    #expect(pixels.slice(axis: 1, range: 4..<6).isChannelsLast)
  }

  @Test func slicesAndAssignsAlongOneAxis() {
    let x = numbered([2, 5, 3], as: Double.self)
    #expect(x.slice(axis: 1, range: 1..<4) == tensor([2, 3, 3]) { x[$0[0], $0[1] + 1, $0[2]] })
    #expect(x.slice(axis: -1, range: 2..<3) == tensor([2, 5, 1]) { x[$0[0], $0[1], 2] })
    var y = x
    y.assign(.zeros([2, 1, 3]), axis: -2, range: 4..<5)
    #expect(y == tensor([2, 5, 3]) { $0[1] == 4 ? 0 : x[$0[0], $0[1], $0[2]] })
  }

  @Test func assigningNeverShowsInCopiesAndDoesNotCopyWhileUnique() {
    var x = numbered([4, 4], as: Float.self)
    let address = x.address
    x.assign(.zeros([1, 4]), axis: 0, range: 1..<2)
    #expect(x.address == address)
    let copy = x
    x.assign(.ones([2, 2]), at: [0..<2, 0..<2])
    #expect(x.address != address)
    #expect(copy.address == address)
    #expect(copy[0, 0] == 1)
    #expect(copy[1, 1] == 0)
    #expect(x[1, 1] == 1)
  }

  @Test func stopsForRangesOutside() async {
    let result1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).slice([0..<2, 1..<4])
    }
    #expect(result1.says("[slice] range 1..<4 is not inside axis 1 of [2, 3]"))
    let result2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).slice(axis: 0, range: -1..<1)
    }
    #expect(result2.says("[slice] range -1..<1 is not inside axis 0 of [2, 3]"))
    let result3 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2]).slice([0..<1, 0..<1])
    }
    #expect(result3.says("[slice] 2 ranges are more than [2] has axes"))
    let result4 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor<Float>.zeros([2, 3])
      x.assign(.zeros([2, 2]), at: [0..<2, 0..<1])
    }
    #expect(
      result4.says(
        "[assign] the block [Range(0..<2), Range(0..<1)] of [2, 3] has the shape [2, 1], the values are [2, 2]"))
  }
}
