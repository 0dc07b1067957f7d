from kg.findings import Kind
from kg.maps.ghosts import label_of
from kg.maps.model import Band, GhostKind, MapModel, Side
from kg.maps.values import EdgeKind, LineKind
from kg.network import Sector


def named(things):
    return {each.thing.sv: each for each in things}


def edge_of(model: MapModel, actor: str, forum: str):
    actors = {each.key: each.thing.sv for each in model.actors}
    forums = {each.key: each.thing.sv for each in model.forums}
    return [each for each in model.edges if (actors[each.actor], forums[each.forum]) == (actor, forum)]


def test_each_forum_stands_in_the_band_of_its_stated_level(ekby):
    bands = {name: each.band for name, each in named(ekby.forums).items()}
    assert bands["Presidiemöten"] is Band.POLITICAL
    assert bands["Brottsförebyggande rådet"] is Band.STRATEGIC
    assert bands["Torsdagsgruppen"] is Band.OPERATIONAL
    assert bands["SSPF-gruppen"] is Band.INDIVIDUAL


def test_a_forum_without_a_stated_level_stands_in_a_band_of_its_own(ekby):
    assert named(ekby.forums)["Nätverket mot våld i nära relation"].band is Band.UNSTATED
    assert named(ekby.forums)["Trygg i Ekby"].band is Band.PROGRAMME


def test_actors_stand_on_the_side_of_their_sector(ekby):
    sectors = {name: (each.sector, each.side) for name, each in named(ekby.actors).items()}
    assert sectors["Kommunstyrelsen"] == (Sector.POLITICS, Side.LEFT)
    assert sectors["Ekbybostäder AB"] == (Sector.ADMINISTRATION, Side.LEFT)
    assert sectors["Fältgruppen"] == (Sector.OPERATIONS, Side.LEFT)
    assert sectors["Polismyndigheten"] == (Sector.POLICE, Side.RIGHT)
    assert sectors["Barn- och ungdomspsykiatrin"] == (Sector.REGION, Side.RIGHT)
    assert sectors["Kriminalvården"] == (Sector.STATE, Side.RIGHT)
    assert sectors["Näringslivet"] == (Sector.CIVIL, Side.RIGHT)
    assert sectors["Björkby kommun"] == (Sector.OTHER_MUNICIPALITIES, Side.RIGHT)


def test_politicians_named_as_a_group_stand_with_politics(ekby_text, load):
    group = ekby_text.replace("nam:utbildningsnamnden a fb:Committee", "nam:utbildningsnamnden a fb:ActorGroup")
    assert named(load(group).actors)["Utbildningsnämnden"].sector is Sector.POLITICS


def test_two_functions_of_one_actor_make_one_edge_with_both_claims(ekby):
    (edge,) = edge_of(ekby, "Polismyndigheten", "Brottsförebyggande rådet")
    assert [each.sv for each in edge.functions] == ["kommunpolisen", "lokalpolisområdeschefen"]
    assert len(edge.evidence) == 2


def test_an_actor_that_reports_through_a_system_informs_without_being_a_member(ekby):
    (edge,) = edge_of(ekby, "Fritidsgårdar", "Torsdagsgruppen")
    assert edge.kind is EdgeKind.INFORMS
    assert [each.as_stated for each in edge.evidence] == ["fritidsgårdarna rapporterar i Vaktboken", ""]


def test_a_body_that_only_funds_a_forum_steers_it(ekby):
    (edge,) = edge_of(ekby, "Kommunstyrelsen", "Styrgruppen för trygghet")
    assert (edge.kind, edge.words.sv) == (EdgeKind.STEERS, "finansiering")


def test_arrows_between_forums_tell_flow_from_steering(ekby):
    forums = {each.key: each.thing.sv for each in ekby.forums}
    assert {(forums[each.start], forums[each.end], each.kind) for each in ekby.lines} == {
        ("Brottsförebyggande rådet", "Styrgruppen för trygghet", LineKind.STEERING),
        ("EST-gruppen", "Torsdagsgruppen", LineKind.FLOW),
    }


def test_sections_that_say_different_things_are_a_disagreement_and_no_gap(ekby):
    (edge,) = edge_of(ekby, "Region Norrskog", "Torsdagsgruppen")
    assert edge.disputed
    assert [each.sections[0].number for each in (*edge.evidence, *edge.against)] == ["3.1", "2.2"]
    assert not [each for each in ekby.ghosts if each.forum.endswith("torsdagsgruppen")]


def test_a_denial_that_nothing_contradicts_is_kept_without_an_edge(ekby):
    assert not edge_of(ekby, "Föreningar", "Brottsförebyggande rådet")
    assert ("Föreningar", "forum/9999/bra") in {(each.actor.sv, each.forum) for each in ekby.denials}


def test_an_actor_missing_from_a_whole_list_is_a_gap_on_the_side_where_it_would_sit(ekby):
    (gap,) = [each for each in ekby.ghosts if each.kind is GhostKind.GAP]
    assert (gap.forum, gap.side, gap.label.sv, gap.label.en) == (
        *("forum/9999/sspf", Side.LEFT),
        *("Saknas: kultur och fritid", "Missing: culture and leisure"),
    )
    assert all(each.kind is Kind.GAP for each in gap.findings)


def test_gaps_and_questions_never_share_a_shape(ekby):
    kinds = [{each.kind.value for each in ghost.findings} for ghost in ekby.ghosts]
    assert kinds == [{ghost.kind.value} for ghost in ekby.ghosts]


def test_questions_of_a_forum_share_one_shape_that_says_how_many_they_are(ekby):
    (ghost,) = [each for each in ekby.ghosts if each.key == "question/forum/9999/est/left"]
    assert len(ghost.findings) == 3  # three norms ask for a situation picture; the lists tell three
    assert len({label_of(each) for each in ghost.findings}) == 1
    assert (ghost.label.sv, ghost.label.en) == ("3 frågor", "3 questions")


def test_a_kind_of_forum_that_the_report_denies_is_a_box_of_its_own(ekby_text, load):
    denied = ekby_text.replace(
        "u:b-natverk a",
        "u:a-sspf a fb:AbsenceClaim ; fb:absent forumtyp:bra ; fb:absentWithin kommun:9999 ;"
        ' fb:certainty visshet:uttalad ; fb:asStated "inget råd"@sv ; prov:wasDerivedFrom avs:3.1 .\nu:b-natverk a',
    ).replace("forumtyp:bra ; fb:municipality", "forumtyp:natverksgrupp ; fb:municipality")
    model = load(denied)
    boxes = [each for each in model.ghosts if each.is_forum and each.kind is GhostKind.GAP]
    assert [each.forum for each in boxes] == [""] * len(boxes)
    absent = [each for each in model.absences if each.what.iri.endswith("/bra")]
    assert [(each.forum, each.evidence.as_stated) for each in absent] == [("", "inget råd")]
