import TensorCore
import Testing

@Suite struct OneHotTests {
  @Test func oneAtTheLabelsPlace() {
    withThreadsAndPoison {
      let labels: Tensor<Int64> = [[2, 0], [1, 1]]
      #expect(labels.oneHot(classCount: 3) == [[[0, 0, 1], [1, 0, 0]], [[0, 1, 0], [0, 1, 0]]] as Tensor<Float>)
      #expect(labels.oneHot(classCount: 4, as: Int32.self).shape == [2, 2, 4])
      #expect(Tensor<Int64>(1).oneHot(classCount: 2) == [0, 1] as Tensor<Float>)
      #expect(Tensor<Int64>.zeros([0]).oneHot(classCount: 0, as: Double.self).shape == [0, 0])
      let many = scattered([40_000], below: 10)
      let expected = tensor([40_000, 10]) { many[$0[0]] == Int64($0[1]) ? Float(1) : 0 }
      #expect(many.oneHot(classCount: 10) == expected)
    }
  }

  @Test func stopsForALabelThatIsNoClass() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Int64>([0, 3]).oneHot(classCount: 3)
    }
    #expect(result.says("[oneHot] index 3, number 1, is not inside axis 1 of [2, 3]"))
  }
}
