// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingHowItIsFast1() throws {
  let ready = model.prepared()
  let logits = try ready.predict(images)
  _ = ready
  _ = logits
}
