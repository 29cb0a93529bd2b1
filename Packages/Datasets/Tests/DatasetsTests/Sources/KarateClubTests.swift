import Datasets
import TensorCore
import Testing

/// Published facts of the club, which share nothing with the list: Zachary 1977.
struct KarateClubTests {
  @Test func seventyEightEdgesOfThirtyFourMembers() {
    #expect(KarateClub.edges.count == 78)
    #expect(KarateClub.edges.allSatisfy { $0 < $1 && (0..<KarateClub.nodeCount).contains($1) && $0 >= 0 })
    #expect(Set(KarateClub.edges.map { $0 * 34 + $1 }).count == 78)
    #expect(KarateClub.adjacency.entryCount == 156)
  }

  /// The published sequence of degrees, from member 1 to member 34.
  @Test func degrees() {
    var degrees = [Int](repeating: 0, count: 34)
    for entry in KarateClub.adjacency.entries { degrees[entry.row] += Int(entry.value) }
    let published = [
      16, 9, 10, 6, 3, 4, 4, 4, 5, 2, 3, 1, 2, 5, 2, 2, 2, 2, 2, 3, 2, 2, 2, 5, 3, 3, 2, 4, 3, 4, 4, 6, 12, 17,
    ]
    #expect(degrees == published)
  }

  /// The graph has 45 triangles.
  @Test func triangles() {
    let adjacency = KarateClub.adjacency
    let dense = adjacency.matmul(Tensor<Double>.identity(34))
    let cubed = adjacency.matmul(adjacency.matmul(dense)).scalars
    // Every triangle is a closed walk of three steps from each of its nodes, in two directions.
    let walks: Double = (0..<34).map { cubed[$0 * 35] }.reduce(0, +)
    #expect(walks == 6 * 45)
  }

  @Test func seventeenMembersJoinedEachClub() {
    #expect(KarateClub.factions.shape == [34])
    #expect(KarateClub.factions.scalars.count { $0 == 0 } == 17)
    #expect(KarateClub.factions.scalars.count { $0 == 1 } == 17)
    #expect(KarateClub.factions.scalars[0] == 0)
    #expect(KarateClub.factions.scalars[33] == 1)
    // Member 9 joined the instructor's club for his own reasons; the paper's smallest cut, of 10 edges, has him on the
    // other side.
    var labels = KarateClub.factions.scalars
    #expect(labels[8] == 0)
    #expect(KarateClub.edges.count { labels[$0] != labels[$1] } == 11)
    labels[8] = 1
    #expect(KarateClub.edges.count { labels[$0] != labels[$1] } == 10)
  }
}
