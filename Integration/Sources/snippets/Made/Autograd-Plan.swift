// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetAutogradInferencePlan1() throws {
  let plan = InferencePlan(of: { x in x.conv2d(weight, geometry: geometry).relu() }, on: images, sharing: PlanWeights())
  let maps = plan?(images)
  _ = plan
  _ = maps
}
