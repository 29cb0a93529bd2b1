import TensorCore
import Testing

@Suite struct ConcatenateTests {
  @Test(arguments: scalarTypes)
  func joinsAndSplitsAlongEveryAxis(type: any TensorScalar.Type) {
    func check<Scalar: TensorScalar>(_ type: Scalar.Type) {
      for shape in shapes(for: type) {
        for axis in shape.indices {
          let lengths = [shape[axis], 0, 2, shape[axis] + 1]
          let parts = lengths.map { length in
            var sizes = shape.sizes
            sizes[axis] = length
            return numbered(Shape(sizes), as: Scalar.self)
          }
          var sizes = shape.sizes
          sizes[axis] = lengths.reduce(0, +)
          let elements = parts.map(\.scalars)
          let joined = Tensor.concatenated(parts, along: axis)
          let expected = tensor(Shape(sizes)) { index in
            var (place, part) = (index, 0)
            while place[axis] >= lengths[part] {
              place[axis] -= lengths[part]
              part += 1
            }
            return elements[part][offset(of: place, in: parts[part].shape)]
          }
          #expect(joined == expected, "\(shape) \(axis)")
          #expect(Tensor.concatenated(parts, along: axis - shape.rank) == joined)
          #expect(joined.split(sizes: lengths, along: axis) == parts)
        }
      }
    }
    withThreadsAndPoison { check(type) }
  }

  @Test func stacksAlongANewAxis() {
    let a = numbered([2, 3], as: Int64.self)
    let b = Tensor<Int64>.zeros([2, 3])
    for axis in [0, 1, 2, -1, -2, -3] {
      let stacked = Tensor.stacked([a, b], along: axis)
      let place = axis < 0 ? axis + 3 : axis
      var sizes = [2, 3]
      sizes.insert(2, at: place)
      let expected = tensor(Shape(sizes)) { index in
        var index = index
        return index.remove(at: place) == 0 ? a[index[0], index[1]] : 0
      }
      #expect(stacked == expected)
    }
    #expect(Tensor.stacked([Tensor<Float>(1), Tensor<Float>(2)]) == [1, 2])
  }

  @Test func splitsInEqualParts() {
    let x = numbered([2, 6], as: Float.self)
    #expect(x.split(count: 3, along: 1).map(\.shape) == [[2, 2], [2, 2], [2, 2]])
    #expect(Tensor.concatenated(x.split(count: 3, along: -1), along: 1) == x)
    #expect(x.split(count: 2).map(\.scalars) == [[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]])
  }

  @Test func stopsForShapesThatDiffer() async {
    let result1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.concatenated([.zeros([2, 3]), .zeros([2, 4])], along: 0)
    }
    #expect(result1.says("[concatenated] [2, 3] and [2, 4] differ outside axis 0"))
    let result2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.concatenated([], along: 0)
    }
    #expect(result2.says("[concatenated] there are no tensors"))
    let result3 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.stacked([.zeros([2, 3]), .zeros([3, 2])])
    }
    #expect(result3.says("[stacked] [2, 3] and [3, 2] differ"))
    let result4 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).split(sizes: [1, 1], along: -1)
    }
    #expect(result4.says("[split] the sizes [1, 1] do not add up to axis -1 of [2, 3]"))
    let result5 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).split(count: 2, along: 1)
    }
    #expect(result5.says("[split] axis 1 of [2, 3] cannot be split in 2 equal parts"))
  }
}
