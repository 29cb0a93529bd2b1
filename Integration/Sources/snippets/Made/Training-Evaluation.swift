// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingAveragedState1() throws {
  let context = Context(mode: .inference, state: ModelState(average))
  let logits = model(images, context)
  _ = context
  _ = logits
}
