import Foundation
import TensorCore
import Testing

@Suite struct CrossEntropyTests {
  @Test(arguments: [1, 2, 10, 16, 17, 100, 1000], [0, 0.1, 1])
  func lossAndGradientFollowTheFormula(_ classes: Int, _ smoothing: Double) {
    let rows = 70
    let logits = spread(rows * classes, as: Float.self)
    let labels = (0..<rows).map { Int64($0 * 7 % classes) }
    let g = spread(rows, seed: 2, as: Float.self)
    var losses: [Double] = [], gradient: [Double] = []
    for row in 0..<rows {
      let shares = SoftmaxTests.softmax(logits[row * classes..<(row + 1) * classes].map(Double.init))
      let targets = shares.indices.map {
        (Int64($0) == labels[row] ? 1 - smoothing : 0) + smoothing / Double(classes)
      }
      losses.append(zip(shares, targets).reduce(0) { $1.1 == 0 ? $0 : $0 - $1.1 * Foundation.log($1.0) })
      gradient += shares.indices.map { Double(g[row]) * (shares[$0] - targets[$0]) }
    }
    let tensor = filled([rows, classes], with: logits), label = filled([rows], with: labels)
    withEachForm { form in
      for result in withEachThreadCount({ tensor.crossEntropy(labels: label, smoothing: smoothing) }) {
        #expect(result.shape == [rows])
        #expect(SoftmaxTests.close(result.scalars, losses, relative: 2e-7, absolute: 2e-7), "\(form)")
      }
      let back = filled([rows], with: g).crossEntropyGradient(logits: tensor, labels: label, smoothing: smoothing)
      #expect(SoftmaxTests.close(back.scalars, gradient, relative: 1e-6, absolute: 1e-6), "\(form)")
    }
    let doubles = filled([rows, classes], with: logits.map(Double.init))
    #expect(
      zip(doubles.crossEntropy(labels: label, smoothing: smoothing).scalars, losses).allSatisfy {
        Swift.abs($0 - $1) < 1e-13
      })
    let back = filled([rows], with: g.map(Double.init)).crossEntropyGradient(
      logits: doubles, labels: label, smoothing: smoothing)
    #expect(zip(back.scalars, gradient).allSatisfy { Swift.abs($0 - $1) < 1e-13 })
  }

  @Test func oneGradientServesAllRows() {
    let logits: Tensor<Float> = filled([3, 4], with: spread(12)), labels: Tensor<Int64> = filled([3], with: [0, 3, 1])
    let one = Tensor<Float>(0.25).crossEntropyGradient(logits: logits, labels: labels)
    let each = filled([3], with: [0.25, 0.25, 0.25]).crossEntropyGradient(logits: logits, labels: labels)
    #expect(one.scalars == each.scalars)
  }

  @Test func aSureAnswerHasNoLossAndAWrongOneAFiniteLoss() {
    let logits: Tensor<Float> = filled([2, 2], with: [1e4, -1e4, 1e4, -1e4])
    withEachForm { _ in
      #expect(logits.crossEntropy(labels: filled([2], with: [0, 1])).scalars == [0, 2e4])
    }
  }

  /// A class that is ruled out costs nothing without smoothing, and everything with it.
  @Test func aClassThatIsRuledOut() {
    let logits: Tensor<Float> = filled([1, 2], with: [0, -.infinity]), label: Tensor<Int64> = filled([1], with: [0])
    withEachForm { _ in
      #expect(logits.crossEntropy(labels: label).scalars == [0])
      #expect(logits.crossEntropy(labels: label, smoothing: 0.1).scalars == [.infinity])
    }
  }

  /// Rows with the label to ignore have neither loss nor gradient; the others have what they have alone.
  @Test(arguments: [Int64(-100), 255, 1]) func ignoredRows(_ ignored: Int64) {
    let logits: Tensor<Float> = filled([3, 20], with: spread(60))
    let labels: Tensor<Int64> = filled([3], with: [4, ignored, 7])
    withEachForm { _ in
      let losses = logits.crossEntropy(labels: labels, smoothing: 0.1, ignoring: ignored).scalars
      let alone = logits.crossEntropy(labels: filled([3], with: [4, 0, 7]), smoothing: 0.1).scalars
      #expect(losses == [alone[0], 0, alone[2]])
      let one = Tensor<Float>(1)
      let slope = one.crossEntropyGradient(logits: logits, labels: labels, ignoring: ignored).scalars
      let other = one.crossEntropyGradient(logits: logits, labels: filled([3], with: [4, 0, 7])).scalars
      #expect(slope[20..<40].allSatisfy { $0 == 0 })
      #expect(slope[..<20] == other[..<20] && slope[40...] == other[40...])
    }
  }

  /// -Σ t ln softmax(x), and its gradient g (softmax(x) Σ t - t), in Float64.
  @Test(arguments: [1, 2, 17, 100]) func sharesFollowTheFormula(_ classes: Int) {
    let rows = 5
    let logits = spread(rows * classes, as: Double.self), shares = spread(rows * classes, seed: 2, as: Double.self)
    let g = spread(rows, seed: 3, as: Double.self)
    var losses: [Double] = [], gradient: [Double] = []
    for row in 0..<rows {
      let range = row * classes..<(row + 1) * classes
      let (p, t) = (SoftmaxTests.softmax(Array(logits[range])), Array(shares[range]))
      losses.append(zip(p, t).reduce(0) { $0 - $1.1 * Foundation.log($1.0) })
      gradient += p.indices.map { g[row] * (p[$0] * t.reduce(0, +) - t[$0]) }
    }
    let (x, t) = (filled([rows, classes], with: logits), filled([rows, classes], with: shares))
    let result = x.crossEntropy(targets: t)
    #expect(zip(result.losses.scalars, losses).allSatisfy { Swift.abs($0 - $1) < 1e-11 * Swift.max(1, Swift.abs($1)) })
    let slope = filled([rows], with: g).crossEntropyGradient(logarithms: result.logarithms, targets: t).scalars
    #expect(zip(slope, gradient).allSatisfy { Swift.abs($0 - $1) < 1e-11 * Swift.max(1, Swift.abs($1)) })
  }

  @Test func labelsThatAreNotClassesStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).crossEntropy(labels: Tensor([0, 3]))
    }
    #expect(result.says("label 3 of row 1 is not one of 3 classes"))
    let other = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).crossEntropy(labels: Tensor([0, 1, 2]))
    }
    #expect(other.says("logits [N, C] need labels [N], not [2, 3] and [3]"))
  }
}
