// A mail server that keeps what it gets: letters come by real SMTP.

import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export class Letterbox {
  #letters = [];
  #waiting = new Set();
  #server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onData: (stream, session, done) => {
      simpleParser(stream).then((letter) => {
        this.#letters.push(letter);
        for (const look of this.#waiting) look();
        done();
      }, done);
    },
  });

  /** Opens on a free port, and gives it. */
  async open() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this.#server.server.address().port;
  }

  close() {
    return new Promise((resolve) => this.#server.close(resolve));
  }

  /** All letters to somebody. */
  to(address) {
    return this.#letters.filter((letter) => letter.to.value.some((to) => to.address === address));
  }

  /** The newest letter to somebody with this subject; waits until there is one. */
  async letter(address, subject, within = 20_000) {
    const find = () => this.to(address).findLast((letter) => subject.test(letter.subject));
    return find() ?? new Promise((resolve, reject) => {
      const give = () => {
        const letter = find();
        if (letter) {
          clearTimeout(alarm);
          this.#waiting.delete(give);
          resolve(letter);
        }
      };
      const alarm = setTimeout(() => {
        this.#waiting.delete(give);
        reject(new Error(`no letter to ${address} about ${subject}`));
      }, within);
      this.#waiting.add(give);
    });
  }

  /** The link in the newest letter of this subject. */
  async link(address, subject) {
    const letter = await this.letter(address, subject);
    return letter.text.match(/https?:\/\/\S+/)[0];
  }
}
