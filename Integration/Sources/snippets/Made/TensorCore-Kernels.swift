// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTensorCoreAlgorithmLog1() throws {
  AlgorithmLog.isOn = true
  let product = a.matmul(b)
  print(AlgorithmLog.take())  // ["blocked product"]
  _ = product
}

func snippetTensorCoreMachineRoof1() throws {
  let roof = MachineRoof.measured()
  let share = roof.leastSeconds(multiplyAdds: 512 * 512 * 512, bytes: 3 * 512 * 512 * 4) / seconds
  _ = roof
  _ = share
}
