import Autograd
import TensorCore
import Testing

/// Mistakes of every kind, each of which the checker must find, by its name.
@Suite(.serialized) struct CaseCheckerTests {
  /// A rule with a mistake: the factor 3 is missing.
  private struct WrongCube: Autograd.Operation {
    let name = "wrong cube"
    func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
      let x = inputs[0]
      return Recorded(x * x * x) { gradient in [gradient * x * x] }
    }
  }

  /// Elements that are never written.
  private struct Unwritten: Autograd.Operation {
    let name = "unwritten"
    func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
      Recorded(Tensor(shape: inputs[0].shape) { _ in }) { gradient in [gradient] }
    }
  }

  private func failures(
    _ body: @escaping @Sendable (Variable) -> Variable, is formula: @escaping @Sendable (Double) -> Double
  ) -> String {
    let operation = OperationCase("mistake", [[2, 9]]) {
      body($0[0])
    } is: {
      $0[0].map(formula)
    }
    return CaseChecker(operation).failures().joined(separator: "\n")
  }

  @Test func acceptsWhatIsRight() {
    #expect(failures({ $0 * $0 }, is: { $0 * $0 }).isEmpty)
  }

  @Test func findsWrongValues() {
    let found = failures({ $0 * 1.00001 }, is: { $0 })
    #expect(found.contains("double output is"))
    #expect(found.contains("float output is"))
  }

  @Test func findsWrongShapes() {
    #expect(failures({ $0.sum() }, is: { $0 }).contains("shape [], not [2, 9]"))
  }

  @Test func findsWrongGradients() {
    let found = failures({ WrongCube().apply(to: $0) }, is: { $0 * $0 * $0 })
    #expect(found.contains("off central differences"))
  }

  @Test func findsGradientsOfOnePrecision() {
    let found = failures({ $0.precision == .float ? $0 * 1 : $0 * 2 - $0.detached() }, is: { $0 })
    #expect(found.contains("float gradient 0 is"))
  }

  @Test func findsWhatDependsOnThreads() {
    let found = failures({ $0 * (ThreadPool.threadCount == 1 ? 1 : 1 + 1e-7) }, is: { $0 })
    #expect(found.contains("depends on the number of threads"))
  }

  @Test func findsUnwrittenMemory() {
    let found = failures({ Unwritten().apply(to: $0) }, is: { _ in 0 })
    #expect(found.contains("depends on what memory held before"))
  }

  @Test func findsWhatDependsOnTheForm() {
    let found = failures({ $0 * (KernelForm.active == .wide ? 1.00001 : 1) }, is: { $0 })
    #expect(found.contains("double in form wide is"))
    #expect(found.contains("double in form wide, gradient 0 is"))
  }

  @Test func findsWhatDependsOnRecording() {
    let found = failures({ $0.isRecorded ? $0 : $0 * (1 + 1e-7) }, is: { $0 })
    #expect(found.contains("has other bits when nothing is recorded"))
  }
}
