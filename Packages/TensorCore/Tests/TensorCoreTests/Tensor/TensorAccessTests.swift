import TensorCore
import Testing

@Suite struct TensorAccessTests {
  @Test(arguments: shapes)
  func everyIndexReadsAndWritesItsElement(shape: Shape) {
    let x = numbered(shape, as: Int32.self)
    var y = Tensor<Int32>.zeros(shape)
    for (number, index) in indices(of: shape).enumerated() {
      guard index.count <= 4 else { return }
      switch index.count {
      case 0: #expect(x.scalar == 1)
      case 1:
        #expect(x[index[0]] == Int32(number + 1))
        y[index[0]] = x[index[0]]
      case 2:
        #expect(x[index[0], index[1]] == Int32(number + 1))
        y[index[0], index[1]] = x[index[0], index[1]]
      case 3:
        #expect(x[index[0], index[1], index[2]] == Int32(number + 1))
        y[index[0], index[1], index[2]] = x[index[0], index[1], index[2]]
      default:
        #expect(x[index[0], index[1], index[2], index[3]] == Int32(number + 1))
        y[index[0], index[1], index[2], index[3]] = x[index[0], index[1], index[2], index[3]]
      }
    }
    if shape.rank > 0 { #expect(y == x) }
  }

  @Test func writingDoesNotCopyWhileUnique() {
    var x = Tensor<Float>.zeros([100])
    let address = x.address
    for place in 0..<100 {
      x[place] = 1
      x[place] += Float(place)
    }
    #expect(x.address == address)
    #expect(x.scalars == (0..<100).map { Float($0) + 1 })
  }

  @Test func writingNeverShowsInCopies() {
    var x: Tensor<Float> = [[1, 2], [3, 4]]
    let copy = x
    let reshaped = x.reshaped([4])
    let address = x.address
    x[1, 0] = 9
    #expect(copy == [[1, 2], [3, 4]])
    #expect(reshaped == [1, 2, 3, 4])
    #expect(x == [[1, 2], [9, 4]])
    #expect(copy.address == address)
    #expect(reshaped.address == address)
    #expect(x.address != address)
    x.withUnsafeMutableBufferPointer { $0[0] = 7 }
    #expect(x[0, 0] == 7)
  }

  @Test func bulkWritingNeverShowsInCopies() {
    var x = Tensor<Float>.zeros([3])
    let copy = x
    x.withUnsafeMutableBufferPointer { $0[1] = 5 }
    #expect(copy == [0, 0, 0])
    #expect(x == [0, 5, 0])
    let address = x.address
    x.withUnsafeMutableBufferPointer { $0[2] = 6 }
    #expect(x.address == address)
  }

  @Test(arguments: scalarTypes)
  func partsAlongTheFirstAxis(type: any TensorScalar.Type) {
    func check<Scalar: TensorScalar>(_ type: Scalar.Type) {
      for shape in shapes where shape.rank > 0 {
        let x = numbered(shape, as: Scalar.self)
        let part = shape.sizes.dropFirst().reduce(1, *)
        for index in 0..<shape[0] {
          let element = x.element(at: index)
          #expect(element.shape.sizes == Array(shape.sizes.dropFirst()))
          #expect(element.scalars == Array(x.scalars[(index * part)..<((index + 1) * part)]))
        }
      }
    }
    withThreadsAndPoison { check(type) }
  }

  @Test func stopsForIndicesOutside() async {
    let result1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3])[0, 3]
    }
    #expect(result1.says("[subscript] index [0, 3] is not inside [2, 3]"))
    let result2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor<Float>.zeros([2, 3])
      x[-1, 0] = 1
    }
    #expect(result2.says("[subscript] index [-1, 0] is not inside [2, 3]"))
    let result3 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3])[1]
    }
    #expect(result3.says("[subscript] index [1] is not inside [2, 3]"))
    let result4 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).scalar
    }
    #expect(result4.says("[scalar] [2, 3] has 6 elements, not one"))
    let result5 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).element(at: 2)
    }
    #expect(result5.says("[element(at:)] index 2 is not inside [2, 3]"))
    let result6 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>(2).element(at: 0)
    }
    #expect(result6.says("[element(at:)] a tensor of rank 0 has no first axis"))
  }
}
