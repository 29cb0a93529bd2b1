// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetDatasetsRandomAffine1() throws {
  // Small distortions of handwriting: 10 degrees, a tenth of the size, ±10 % larger or smaller.
  let step = RandomAffine(degrees: 10, shift: 0.1, scale: 0.9...1.1)
  _ = step
}
