// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetAutogradAutograd1() throws {
  let tape = Tape()
  let x = tape.watch(Tensor<Double>([3]))
  let y = (x.squared() + x * 2).sum()
  let slope = y.gradients()[x]  // 2x + 2 = 8
  _ = tape
  _ = x
  _ = y
  _ = slope
}
