// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetAutogradCheckpoint1() throws {
  let y = Variable.checkpoint([left, right]) { inputs, _ in (inputs[0] * inputs[1]).tanh().exp() }
  _ = y
}

func snippetAutogradOperation1() throws {
  struct Cube: Operation {
    let name = "cube"
    func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
      let x = inputs[0]
      return Recorded(x * x * x) { gradient in [gradient * 3 * x * x] }
    }
  }
  let y = Cube().apply(to: Variable(x))
  let report = checkGradients(of: Cube(), at: [[1, 2, 3]])
  _ = y
  _ = report
}

func snippetAutogradRecordedOperation1() throws {
  let tape = Tape()
  var products = 0
  tape.observe { products += $0.multiplyAdds }
  _ = tape
  _ = products
}

func snippetAutogradRecordedOperation2() throws {
  tape.observeWalk { index in print("gradients of", index) }
  let gradients = loss.gradients()
  _ = gradients
}

func snippetAutogradTape1() throws {
  let tape = Tape()
  let x = tape.watch(Tensor<Double>([3]))
  let y = (x * x).sum()
  let slope = y.gradients()[x]  // 6
  _ = tape
  _ = x
  _ = y
  _ = slope
}
