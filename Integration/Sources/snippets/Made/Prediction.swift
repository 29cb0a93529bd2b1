// Made by Tests/Tools/snippets --write from the documentation in folders of this name.
import Models
import Training

func snippetPreparedModel1() throws {
  let ready = network.prepared()
  let logits = try ready.predict(images)
  _ = ready
  _ = logits
}
