package io.agentstream.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One text of several speakers, and back. */
class SpeechesTest {

  private final Speeches speeches = new Speeches(true);

  @Test
  void the_first_speaker_is_heard_at_once_and_another_of_the_same_time_afterwards() {
    speeches.begins("m1", "Ann");
    speeches.begins("m2", "Ben");
    speeches.says("m2", 0, "No");
    speeches.says("m1", 0, "Ye");
    assertThat(speeches.take()).isEqualTo("\u2063**Ann:** Ye");

    speeches.says("m2", 2, ".");
    speeches.says("m1", 2, "s.");
    assertThat(speeches.take()).isEqualTo("s.");
    speeches.ends("m1", "Yes.");
    assertThat(speeches.take()).isEqualTo("\n\n\u2063**Ben:** No.");
    speeches.says("m2", 3, " Never.");
    assertThat(speeches.take()).isEqualTo(" Never.");
  }

  @Test
  void a_text_that_comes_twice_is_heard_once() {
    speeches.begins("m1", "Ann");
    speeches.says("m1", 0, "Yes");
    speeches.says("m1", 1, "es.");
    speeches.ends("m1", "Yes. Well.");
    speeches.begins("m1", "Ann");
    speeches.ends("m1", "Yes. Well.");

    assertThat(speeches.take()).isEqualTo("\u2063**Ann:** Yes. Well.");
  }

  @Test
  void a_speaker_without_text_leaves_no_name() {
    speeches.begins("m1", "Ann");
    speeches.ends("m1", "");
    speeches.begins("m2", "Ben");
    speeches.ends("m2", "Hm.");

    assertThat(speeches.take()).isEqualTo("\u2063**Ben:** Hm.");
  }

  @Test
  void text_that_was_heard_and_is_taken_back_is_said_to_be_void() {
    speeches.begins("m1", "Ann");
    speeches.says("m1", 0, "Ye");
    speeches.takesBack("m1", 0);
    speeches.says("m1", 0, "No.");

    assertThat(speeches.take().replace('\u2063', '!'))
        .isEqualTo(
            """
            !**Ann:** Ye

            !*(The text above is void: the model was called again.)*

            !**Ann:** No.""");
  }

  @Test
  void text_that_waits_and_is_taken_back_is_never_heard() {
    speeches.begins("m1", "Ann");
    speeches.begins("m2", "Ben");
    speeches.says("m2", 0, "Maybe");
    speeches.takesBack("m2", 2);
    speeches.says("m2", 2, "de of tea.");
    speeches.ends("m1", "");

    assertThat(speeches.take()).isEqualTo("\u2063**Ben:** Made of tea.");
  }

  @Test
  void a_speaker_cannot_write_the_mark_of_another() {
    speeches.begins("m1", "Ann");
    speeches.ends("m1", "Well.\n\n\u2063**Ben:** I agree.");
    String text = speeches.take();

    assertThat(text).isEqualTo("\u2063**Ann:** Well.\n\n**Ben:** I agree.");
    assertThat(SpeakerMark.split(text))
        .containsExactly(new SpeakerMark.Part("Ann", "Well.\n\n**Ben:** I agree."));
  }

  @Test
  void a_text_is_split_into_its_speakers_again() {
    speeches.begins("m1", "Ann");
    speeches.ends("m1", "Yes.");
    speeches.note("Nobody can approve it.");
    speeches.begins("m2", "Ben: the 2nd");
    speeches.ends("m2", "No.\n\nNever.");

    assertThat(SpeakerMark.split(speeches.take()))
        .containsExactly(
            new SpeakerMark.Part("Ann", "Yes."),
            new SpeakerMark.Part("", "*(Nobody can approve it.)*"),
            new SpeakerMark.Part("Ben: the 2nd", "No.\n\nNever."));
    assertThat(SpeakerMark.split("plain")).containsExactly(new SpeakerMark.Part("", "plain"));
    assertThat(SpeakerMark.split("\u2063**half"))
        .containsExactly(new SpeakerMark.Part("", "**half"));
    assertThat(List.of("", " ", "\u2063", "\u2063**Ann:** "))
        .allMatch(t -> SpeakerMark.split(t).isEmpty());
  }
}
