import Testing
import Training

struct ConfusionMatrixTests {
  private static var matrix: ConfusionMatrix {
    var matrix = ConfusionMatrix(classCount: 3)
    for (label, prediction, count) in [(0, 0, 8), (0, 1, 2), (1, 1, 5), (1, 0, 1)] {
      for _ in 0..<count { matrix.add(label: label, prediction: prediction) }
    }
    return matrix
  }

  @Test func sharesByHand() {
    let matrix = Self.matrix
    #expect(matrix.total == 16)
    #expect(matrix.correct == 13)
    #expect(matrix.accuracy == 13.0 / 16)
    #expect(matrix.recall(of: 0) == 0.8)
    #expect(matrix.precision(of: 0) == 8.0 / 9)
    #expect(matrix.recall(of: 1) == 5.0 / 6)
    #expect(matrix.precision(of: 1) == 5.0 / 7)
    #expect(matrix.recall(of: 2) == nil)
    #expect(matrix.precision(of: 2) == nil)
    #expect(ConfusionMatrix(classCount: 2).accuracy.isNaN)
  }

  @Test func confusionsMostFrequentFirst() {
    let pairs = Self.matrix.confusions(limit: 5)
    #expect(pairs.map(\.label) == [0, 1])
    #expect(pairs.map(\.prediction) == [1, 0])
    #expect(pairs.map(\.count) == [2, 1])
    #expect(Self.matrix.confusions(limit: 1).count == 1)
  }

  @Test func unknownClassesStop() async {
    await #expect(processExitsWith: .failure) {
      var matrix = ConfusionMatrix(classCount: 2)
      matrix.add(label: 0, prediction: 2)
    }
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ConfusionMatrix(classCount: -1)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[ConfusionMatrix] -1 classes cannot be"))
  }
}
