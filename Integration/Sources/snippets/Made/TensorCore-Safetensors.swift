// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTensorCoreSafetensorsFile1() throws {
  let file = try SafetensorsFile(path: "model.safetensors")
  let weight = try file.tensor("features.0.weight", as: Float.self)  // [6, 1, 5, 5]
  _ = file
  _ = weight
}
