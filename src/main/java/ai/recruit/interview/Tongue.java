package ai.recruit.interview;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** The languages of the questions. */
enum Tongue {
    EN,
    RU;

    /** The word on the wire: {@code en} or {@code ru}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Tongue> parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return word.equals("en") ? Optional.of(EN) : word.equals("ru") ? Optional.of(RU) : Optional.empty();
    }

    /** The one that the client likes better; English when it does not say. */
    static Tongue of(HttpHeaders headers) {
        List<Locale> wanted = headers.getAcceptLanguageAsLocales();
        return wanted.stream()
                .flatMap(locale -> parse(locale.getLanguage()).stream())
                .findFirst()
                .orElse(EN);
    }
}
