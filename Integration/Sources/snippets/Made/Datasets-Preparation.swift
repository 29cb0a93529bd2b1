// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetDatasetsImageNetPreprocessing1() throws {
  let input = ImageNetPreprocessing.standard.prepare([try ImageFile.read("cat.jpg")])  // [1, 3, 224, 224]
  _ = input
}
